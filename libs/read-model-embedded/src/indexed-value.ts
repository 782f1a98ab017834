import type { IndexedValue } from '@flowledger/event-sourcing';
import type { SqlValue } from './statements';

/**
 * Indexed values stand in columns of their own, in SQLite's order of types: numbers, texts, blobs. Null and missing are
 * -Infinity, which no JSON number is, so that row comparisons never meet NULL; booleans are blobs, after every text.
 */
export const toColumn = (value: IndexedValue | undefined): SqlValue => {
  if (value === null || value === undefined) return Number.NEGATIVE_INFINITY;
  return typeof value === 'boolean' ? Buffer.of(value ? 1 : 0) : value;
};

export const isIndexedValue = (value: unknown): value is IndexedValue =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

/** The same value computed by SQLite, for documents that were stored before the field was declared. */
export const columnFromDocument = (field: string): string =>
  `CASE json_type(document, '$."${field}"') WHEN 'true' THEN x'01' WHEN 'false' THEN x'00'
   ELSE coalesce(json_extract(document, '$."${field}"'), -9e999) END`;

/** The first text after all that start with `prefix`; undefined when there is none. SQLite orders texts by code point. */
export function afterPrefix(prefix: string): string | undefined {
  const points = [...prefix];
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const next = last.codePointAt(0)! + 1;
    if (next <= 0x10ffff) return points.join('') + String.fromCodePoint(next === 0xd800 ? 0xe000 : next);
  }
  return undefined;
}
