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

/** The same value computed by SQLite, for documents that were stored before the field was declared. */
export const columnFromDocument = (field: string): string =>
  `CASE json_type(document, '$."${field}"') WHEN 'true' THEN x'01' WHEN 'false' THEN x'00'
   ELSE coalesce(json_extract(document, '$."${field}"'), -9e999) END`;
