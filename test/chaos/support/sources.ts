import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const root = resolve(__dirname, '../../..');

export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** What is built and shipped: no specs, no test support. */
export const productSources = (): Source[] =>
  ['apps', 'libs'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\/src\/.*(?<!spec)\.ts$/.test(`/${path}`) && !path.includes('/testing/'))
      .map((path) => join(root, top, path))
      .map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') })),
  );
