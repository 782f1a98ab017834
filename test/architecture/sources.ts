import type { ParsedSource } from './parsed-source';
import { parseSource } from './parsed-source';
import { filesBelow, readText } from './repository';

export function readSources(...folders: string[]): ParsedSource[] {
  return folders
    .flatMap(filesBelow)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => parseSource(path, readText(path)));
}
