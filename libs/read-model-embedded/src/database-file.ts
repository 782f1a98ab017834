import { chmodSync, mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageFull, StoreLocked } from '@flowledger/event-sourcing';
import Database from 'libsql';
import { ReadModelFileUnusable } from './errors';

/** Raised when the meaning of the tables changes; a file of a later format is refused. */
const formatVersion = 2;

const codeOf = (error: unknown): string => (error as { code?: string } | undefined)?.code ?? '';

/**
 * Opens the file as its only user: SQLite holds the lock of the operating system until close or the end of the process.
 * `synchronous=NORMAL` may lose the last commits in a power cut; the checkpoint goes back with them, so they are replayed.
 * @throws StoreLocked after `lockTimeout` milliseconds, ReadModelFileUnusable
 */
export async function openFile(
  directory: string,
  path: string,
  lockTimeout: number,
): Promise<Database.Database> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const deadline = Date.now() + lockTimeout;
  for (;;) {
    const db = new Database(path, { timeout: 0 });
    try {
      prepareFile(db, path);
      chmodSync(path, 0o600);
      return db;
    } catch (error) {
      db.close();
      if (!codeOf(error).startsWith('SQLITE_BUSY')) throw readable(error, path);
      if (Date.now() >= deadline) throw new StoreLocked(path);
      await sleep(50);
    }
  }
}

function prepareFile(db: Database.Database, path: string): void {
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = NORMAL');
  // Erased text must not stay behind in freed pages.
  db.exec('PRAGMA secure_delete = ON');
  db.exec('BEGIN IMMEDIATE; COMMIT');
  const { user_version: found } = db.prepare('PRAGMA user_version').get([]) as { user_version: number };
  if (found > formatVersion) throw new ReadModelFileUnusable(path, 'was written by a later version');
  if (found < formatVersion) {
    // Everything in it can be rebuilt from the log, and is.
    if (found > 0) dropEverything(db);
    db.exec(`PRAGMA user_version = ${formatVersion}`);
  }
}

function dropEverything(db: Database.Database): void {
  const tables = db.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  for (const { name } of tables.all([]) as { name: string }[]) db.exec(`DROP TABLE "${name}"`);
}

/**
 * `close` of the driver leaves the lock in place while prepared statements wait for the garbage collector. Leaving WAL
 * and the exclusive mode first gives it back at once.
 */
export function closeFile(db: Database.Database): void {
  try {
    db.exec('PRAGMA journal_mode = DELETE');
    db.exec('PRAGMA locking_mode = NORMAL');
    db.prepare('SELECT count(*) FROM sqlite_schema').get([]);
  } finally {
    db.close();
  }
}

/** One transaction: all of `work`, or nothing. */
export function transaction<T>(db: Database.Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk makes SQLite roll back by itself.
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** The driver's error as one that says what to do. */
export function readable(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === 'SQLITE_FULL') return new StorageFull(path, { cause: error });
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new ReadModelFileUnusable(path, 'is damaged', { cause: error });
  }
  return error;
}
