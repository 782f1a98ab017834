import Database from 'libsql';
import { CorruptRecord, EventStoreUnavailable, StorageFull, StoreLocked } from '@flowledger/event-sourcing';

/** The code of an error of SQLite (`SQLITE_FULL`, `SQLITE_IOERR_FSYNC`), or undefined for any other error. */
export const sqliteCode = (error: unknown): string | undefined =>
  error instanceof Database.SqliteError ? error.code : undefined;

/** An error of SQLite in the words of the port; anything else as it is. */
export function asPortError(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  if (code.startsWith('SQLITE_FULL')) return new StorageFull(file, { cause: error });
  if (code.startsWith('SQLITE_BUSY')) return new StoreLocked(file);
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    return new CorruptRecord(file, (error as Error).message);
  }
  return new EventStoreUnavailable(`${file}: ${code}: ${(error as Error).message}`, { cause: error });
}
