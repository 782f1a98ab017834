import { join } from 'node:path';
import Database from 'libsql';
import { timed } from '../support/stopwatch';

type Value = string | number | Buffer;
type Row = Record<string, Value | ArrayBuffer>;

/** Reads every row of a closed log in order, with its JSON parsed and nothing checked. @returns milliseconds */
export async function bareRead(directory: string): Promise<number> {
  const database = new Database(join(directory, 'events.db'));
  const page = database.prepare('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT 500').raw();
  let parsed: unknown;
  const took = await timed(() => {
    let rows: unknown[][];
    let last = 0;
    do {
      rows = page.all([last]) as unknown[][];
      for (const row of rows) parsed = [JSON.parse(row[5] as string), JSON.parse(row[6] as string)];
      last = (rows.at(-1)?.[0] as number | undefined) ?? last;
    } while (rows.length > 0);
  });
  database.close();
  if (!parsed) throw new Error(`The log in ${directory} is empty`);
  return took;
}

/** Upserts the rows of closed read models into the same tables with the same indexes, empty, in one transaction. */
export async function bareUpserts(from: string, into: string): Promise<{ rows: number; took: number }> {
  const source = new Database(join(from, 'read-models.db'));
  const target = new Database(join(into, 'bare-read-models.db'));
  for (const setting of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = NORMAL'])
    target.pragma(setting);
  const schema = source
    .prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC')
    .all([]) as { type: string; name: string; sql: string }[];
  for (const { sql } of schema) target.exec(sql);
  const tables = schema.filter(({ type, name }) => type === 'table' && name.includes('@'));
  let rows = 0;
  const took = { upserts: 0 };
  for (const { name } of tables) {
    const documents = source.prepare(`SELECT * FROM "${name}"`).all([]) as Row[];
    rows += documents.length;
    took.upserts += await timed(() => upsert(target, name, documents));
  }
  source.close();
  target.close();
  return { rows, took: took.upserts };
}

function upsert(target: Database.Database, table: string, documents: readonly Row[]): void {
  if (documents.length === 0) return;
  const columns = Object.keys(documents[0]!);
  const names = columns.map((column) => `"${column}"`);
  const statement = target.prepare(
    `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (account_id, id) DO UPDATE SET document = excluded.document`,
  );
  target.exec('BEGIN IMMEDIATE');
  for (const document of documents) statement.run(columns.map((column) => bindable(document[column]!)));
  target.exec('COMMIT');
}

/** The driver reads blobs as a type that it does not take. */
const bindable = (value: Value | ArrayBuffer): Value =>
  value instanceof ArrayBuffer ? Buffer.from(value) : value;
