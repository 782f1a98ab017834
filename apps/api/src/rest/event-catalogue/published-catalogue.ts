import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AsyncApiDocument } from '@flowledger/event-catalogue';

const file = 'docs/events/asyncapi.json';

/** The catalogue that was published with this code: above this file, whether it was compiled or not. */
export function publishedCatalogue(directory: string = __dirname): AsyncApiDocument {
  const path = join(directory, file);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as AsyncApiDocument;
  const parent = dirname(directory);
  if (parent === directory)
    throw new Error(`${file} is missing: install the whole package, or run npm run catalogue`);
  return publishedCatalogue(parent);
}
