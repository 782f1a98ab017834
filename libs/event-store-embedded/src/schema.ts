import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { UnknownFormat } from './unknown-format';
import { asPortError, sqliteCode } from './sqlite-failure';

export type Connection = Database.Database;

/** "FLOE" in ASCII. */
const applicationId = 0x464c4f45;
export const formatVersion = 1;
const lockPatienceMilliseconds = 2000;

const tables = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    checksum INTEGER NOT NULL
  );
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  CREATE INDEX events_by_id ON events (stream, id);
  CREATE TABLE marks (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO marks VALUES ('clean', 0);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${formatVersion};
`;

/**
 * Opens the file as its only owner, waiting up to 2 s for another one to leave.
 * @throws StoreLocked, UnknownFormat, CorruptRecord
 */
export async function openDatabase(file: string): Promise<Connection> {
  const deadline = Date.now() + lockPatienceMilliseconds;
  for (;;) {
    try {
      return tryOpen(file);
    } catch (error) {
      const locked = sqliteCode(error)?.startsWith('SQLITE_BUSY');
      if (!locked || Date.now() >= deadline) throw asPortError(error, file);
      await sleep(50);
    }
  }
}

function tryOpen(file: string): Connection {
  const database = new Database(file);
  try {
    // Exclusive before WAL: the operating system's lock is then held until close, and there is no -shm file.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec('BEGIN IMMEDIATE');
    adoptOrCreate(database, file);
    database.exec('COMMIT');
    fsyncDirectory(dirname(file));
    return database;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    releaseDatabase(database);
    throw error;
  }
}

function adoptOrCreate(database: Connection, file: string): void {
  const id = numberOf(database, 'PRAGMA application_id');
  const version = numberOf(database, 'PRAGMA user_version');
  const isNew = id === 0 && version === 0 && numberOf(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (isNew) database.exec(tables);
  else if (id !== applicationId) throw new UnknownFormat(file, 'the mark of another program', formatVersion);
  else if (version !== formatVersion) throw new UnknownFormat(file, `version ${version}`, formatVersion);
}

/**
 * Closes, and gives the lock back even though libsql finalises its statements only when they are collected: until then
 * SQLite keeps a closed connection, with its locks, alive.
 */
export function releaseDatabase(database: Connection): void {
  try {
    database.pragma('journal_mode = DELETE');
    database.pragma('locking_mode = NORMAL');
    numberOf(database, 'SELECT count(*) FROM sqlite_schema');
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
  } finally {
    database.close();
  }
}

export const numberOf = (database: Connection, sql: string): number =>
  (database.prepare(sql).raw().get() as [number])[0];

export function fsyncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
