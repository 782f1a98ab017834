import type { ParsedSource } from './parsed-source';
import { placeOf } from './units';

/** Every library (or application) whose sources reach themselves through others, as the path that closes. */
export function libraryCycles(files: readonly ParsedSource[]): string[] {
  const edges = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const from = placeOf(path);
    if (!from || from.isTest) continue;
    const targets = edges.get(from.name) ?? edges.set(from.name, new Set()).get(from.name)!;
    for (const { specifier } of imports) {
      const target = /^@flowledger\/([^/]+)/.exec(specifier)?.[1];
      if (target && target !== from.name) targets.add(target);
    }
  }

  const finished = new Set<string>();
  const cycles: string[] = [];
  const follow = (name: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(name);
    if (seenAt >= 0) {
      cycles.push([...trail.slice(seenAt), name].join(' -> '));
      return;
    }
    if (finished.has(name)) return;
    for (const next of edges.get(name) ?? []) follow(next, [...trail, name]);
    finished.add(name);
  };
  for (const name of edges.keys()) follow(name, []);
  return cycles;
}
