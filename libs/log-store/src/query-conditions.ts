import type { QueryCondition } from './parse-query';
import { segmentColumns } from './segment-columns';

export interface ConditionSql {
  readonly sql: string;
  readonly values: readonly (string | bigint)[];
}

const NOT_APPLICABLE = '-';
const CANONICAL_INTEGER = /^(0|[1-9]\d{0,17})$/;

/** The condition on a segment's columns; `?` stand for the values. Values compare as the text readers see. */
export function conditionSql({ field, value }: QueryCondition): ConditionSql {
  if (field === 'version') return { sql: value === '1' ? 'true' : 'false', values: [] };
  const shown = field === '__time__' ? 'start' : field;
  const column = segmentColumns.find((candidate) => candidate.field === shown)!;
  if (value === NOT_APPLICABLE) return { sql: `f."${column.name}" IS NULL`, values: [] };
  if (column.type.toString() === 'VARCHAR') return { sql: `f."${column.name}" = ?`, values: [value] };
  if (!CANONICAL_INTEGER.test(value)) return { sql: 'false', values: [] };
  return { sql: `f."${column.name}" = ?`, values: [BigInt(value)] };
}
