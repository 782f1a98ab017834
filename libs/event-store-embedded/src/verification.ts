import { CorruptRecord } from '@flowledger/event-sourcing';
import { columns, damageOf } from './record-codec';
import type { Row } from './record-codec';
import { pageSize } from './log-pages';
import { asPortError, sqliteCode } from './sqlite-failure';
import type { Connection } from './schema';

export interface VerificationProgress {
  /** Every event up to this position has been read and checked. */
  readonly position: number;
  readonly head: number;
  /** What was found since the last report. */
  readonly damage: readonly CorruptRecord[];
}

/** Reads the events behind `after` up to `head` and compares each with its checksum, a page at a time. */
export function* verifyRecords(
  database: Connection,
  file: string,
  after: number,
  head: number,
): Generator<VerificationProgress> {
  const page = database
    .prepare(`SELECT ${columns} FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`)
    .raw();
  let position = after;
  while (position < head) {
    const rows = page.all(position, head, pageSize) as Row[];
    const damage = rows.flatMap((row) => damageOf(row, file) ?? []);
    position = rows.length < pageSize ? head : rows.at(-1)![0];
    yield { position, head, damage };
  }
}

/** Damage that no single record shows: SQLite's own structures, and revisions that are missing in a stream. */
export function verifyStructure(database: Connection, file: string): CorruptRecord[] {
  const check = database.prepare('PRAGMA integrity_check(20)').raw().all() as [string][];
  const pages = check.filter(([line]) => line !== 'ok').map(([line]) => new CorruptRecord(file, line));
  const gaps = database
    .prepare(
      'SELECT stream, count(*), max(revision) FROM events NOT INDEXED GROUP BY stream ' +
        'HAVING min(revision) <> 0 OR count(*) <> max(revision) + 1 LIMIT 20',
    )
    .raw()
    .all() as [string, number, number][];
  return [
    ...pages,
    ...gaps.map(
      ([stream, count, last]) =>
        new CorruptRecord(`Stream ${stream} of ${file}`, `it has ${count} events up to revision ${last}`),
    ),
  ];
}

/** @throws CorruptRecord at the first damage behind the clean mark, or when the log ends before it. */
export function verifyTail(database: Connection, file: string, mark: number, head: number): void {
  if (head < mark) {
    throw new CorruptRecord(file, `it ends at position ${head}, but it was seen whole up to ${mark}`);
  }
  for (const { damage } of verifyRecords(database, file, mark, head)) {
    if (damage[0]) throw damage[0];
  }
}

/** Damage of the file itself as a finding; every other failure stays one. */
export function asDamage(error: unknown, file: string): CorruptRecord {
  const translated = sqliteCode(error) === undefined ? error : asPortError(error, file);
  if (translated instanceof CorruptRecord) return translated;
  throw translated;
}
