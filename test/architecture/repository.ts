import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const generated = new Set(['node_modules', 'dist', 'coverage', 'data', '.git']);

/** Paths of all files below a folder of the repository, relative to the repository, generated folders left out. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return generated.has(entry.name) ? [] : filesBelow(path);
    return [path];
  });
}

export const pathInRepository = (path: string): string => join(root, path);

export const exists = (path: string): boolean => existsSync(pathInRepository(path));

export const readText = (path: string): string => readFileSync(pathInRepository(path), 'utf8');
