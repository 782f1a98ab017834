import { entryFieldNames } from '@flowledger/flow-record';
import type { EntryFieldName } from '@flowledger/flow-record';
import { QueryNotSupported } from './log-store.errors';

/** The field has exactly this text; `-` where a field does not apply. */
export interface QueryCondition {
  readonly field: EntryFieldName;
  readonly value: string;
}

const MAX_LENGTH = 4_096;
const names = new Set<string>(entryFieldNames);

/** Empty or `*`: everything. Else `key:value` joined by `and`, values optionally in double quotes with `\` escapes. */
export function parseQuery(text: string): QueryCondition[] {
  if (text.length > MAX_LENGTH)
    throw new QueryNotSupported(MAX_LENGTH, `longer than ${MAX_LENGTH} characters`);
  const query = new Scanner(text);
  const conditions: QueryCondition[] = [];
  if (query.atEnd()) return conditions;
  do {
    if (!query.take(/\*(?=\s|$)/y)) conditions.push(condition(query));
    if (query.atEnd()) return conditions;
  } while (query.take(/and(?=\s|$)/iy));
  throw query.unexpected('expected "and" or the end');
}

function condition(query: Scanner): QueryCondition {
  query.atEnd();
  const at = query.position;
  const field = query.take(/[A-Za-z_][\w-]*/y);
  if (!field) throw query.unexpected('expected key:value');
  if (!query.take(/:/y))
    throw new QueryNotSupported(at, 'expected key:value, full-text search does not exist yet');
  if (!names.has(field))
    throw new QueryNotSupported(at, `"${field.slice(0, 60)}" is not a field of an entry`);
  query.atEnd();
  const valueAt = query.position;
  const quoted = query.take(/"(?:[^"\\]|\\["\\])*"/y);
  if (quoted) return { field: field as EntryFieldName, value: quoted.slice(1, -1).replace(/\\(.)/g, '$1') };
  const value = query.take(/[^\s"()|*?<>[\],']+(?=\s|$)/y);
  if (!value) throw new QueryNotSupported(valueAt, 'expected a plain or double-quoted value');
  return { field: field as EntryFieldName, value };
}

class Scanner {
  position = 0;

  constructor(private readonly text: string) {}

  /** Skips blanks first. */
  atEnd(): boolean {
    while (/\s/.test(this.text.charAt(this.position))) this.position++;
    return this.position >= this.text.length;
  }

  /** @param pattern sticky */
  take(pattern: RegExp): string | undefined {
    this.atEnd();
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.position += match.length;
    return match;
  }

  unexpected(reason: string): QueryNotSupported {
    return new QueryNotSupported(this.position, reason);
  }
}
