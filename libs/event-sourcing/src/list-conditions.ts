import type { IndexedValue, ReadModel } from './read-model-store';

/** What adapters check before a list's conditions go to the server. @throws TypeError when the field was not declared. */
export function checkField(readModel: ReadModel<never>, field: string): void {
  if (readModel.fields.includes(field)) return;
  throw new TypeError(`"${field}" is not a field of the read model ${readModel.name}: lists cannot use it`);
}

export const isIndexedValue = (value: unknown): value is IndexedValue =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

/** The first text after all that start with `prefix`, by code point; undefined when there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = [...prefix];
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const next = last.codePointAt(0)! + 1;
    if (next <= 0x10ffff) return points.join('') + String.fromCodePoint(next === 0xd800 ? 0xe000 : next);
  }
  return undefined;
}
