import type { ReadModel } from '@flowledger/event-sourcing';
import type Database from 'libsql';
import { columnFromDocument } from './indexed-value';

const name = /^[a-zA-Z][a-zA-Z0-9_-]*$/;

const nameOf = ({ name, version, generation }: ReadModel<never>): string =>
  generation === undefined ? `${name}@${version}` : `${name}@${version}#${generation}`;

/** One table a read model, version and generation. */
export const tableOf = (readModel: ReadModel<never>): string => `"${nameOf(readModel)}"`;

/** The prefix keeps fields apart from `id`, `document` and the like. */
export const columnOf = (field: string): string => `"f_${field}"`;

/** Names become part of SQL text, so they are checked here and nowhere quoted by hand. @throws TypeError */
export function checkNames({ name: readModel, version, generation = 0, fields }: ReadModel<never>): void {
  if (!name.test(readModel)) throw new TypeError(`"${readModel}" cannot be the name of a read model`);
  for (const number of [version, generation]) {
    if (!Number.isSafeInteger(number) || number < 0)
      throw new TypeError(`${number} cannot be a version or generation of ${readModel}`);
  }
  for (const field of fields) {
    if (!name.test(field)) throw new TypeError(`"${field}" cannot be a field of ${readModel}`);
  }
  if (new Set(fields.map((field) => field.toLowerCase())).size < fields.length) {
    throw new TypeError(`${readModel} declares a field twice (SQLite does not tell upper from lower case)`);
  }
}

/**
 * The document stands last, so that scans and sorts read the short columns only. Each field has an index that starts with
 * the account and ends with the id: it filters, sorts and pages a list of one account.
 */
export function createTable(db: Database.Database, readModel: ReadModel<never>): void {
  const table = tableOf(readModel);
  const columns = readModel.fields.map((field) => `${columnOf(field)} NOT NULL, `).join('');
  db.exec(`CREATE TABLE IF NOT EXISTS ${table} (
    account_id TEXT NOT NULL, id TEXT NOT NULL, position_commit INTEGER NOT NULL, position_prepare INTEGER NOT NULL,
    ${columns} document TEXT NOT NULL, PRIMARY KEY (account_id, id))`);
  addMissingColumns(db, readModel);
  db.exec(`CREATE INDEX IF NOT EXISTS ${index(readModel, 'id')} ON ${table} (id, account_id)`);
  for (const field of readModel.fields) {
    db.exec(
      `CREATE INDEX IF NOT EXISTS ${index(readModel, `f_${field}`)} ON ${table} (account_id, ${columnOf(field)}, id)`,
    );
  }
}

const index = (readModel: ReadModel<never>, column: string) => `"${nameOf(readModel)}:${column}"`;

function addMissingColumns(db: Database.Database, readModel: ReadModel<never>): void {
  const table = tableOf(readModel);
  const columns = db.prepare(`PRAGMA table_info(${table})`).all([]) as { name: string }[];
  const present = new Set(columns.map((column) => column.name));
  for (const field of readModel.fields) {
    if (present.has(`f_${field}`)) continue;
    db.exec(`ALTER TABLE ${table} ADD COLUMN ${columnOf(field)} NOT NULL DEFAULT ''`);
    db.exec(`UPDATE ${table} SET ${columnOf(field)} = ${columnFromDocument(field)}`);
  }
}
