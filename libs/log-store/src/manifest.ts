import Database from 'libsql';
import { LogStoreClosed, LogStoreLocked, translateFull, UnsupportedFormat } from './log-store.errors';
import { manifestFormat, manifestSchema } from './manifest-schema';

type Value = string | number | null;

const LOCK_PATIENCE_MS = 2_000;
const LOCK_RETRY_MS = 50;

/** The SQLite file that says which segments exist, who was delivered what, and where each cursor stands. */
export class Manifest {
  private readonly statements = new Map<string, Database.Statement>();
  private depth = 0;

  private constructor(
    private readonly database: Database.Database,
    readonly path: string,
  ) {}

  /** Waits up to 2 s for another owner to let go. @throws LogStoreLocked, UnsupportedFormat */
  static async open(path: string, maxPages?: number): Promise<Manifest> {
    const deadline = Date.now() + LOCK_PATIENCE_MS;
    for (;;) {
      const database = new Database(path);
      try {
        return Manifest.prepare(database, path, maxPages);
      } catch (error) {
        release(database);
        if (!isBusy(error)) throw translateFull(error, path);
        if (Date.now() >= deadline) throw new LogStoreLocked(path);
      }
      await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS));
    }
  }

  private static prepare(database: Database.Database, path: string, maxPages?: number): Manifest {
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    const manifest = new Manifest(database, path);
    const found = manifest.get<{ user_version: number }>('PRAGMA user_version')!.user_version;
    if (found > manifestFormat) throw new UnsupportedFormat(path, found, manifestFormat);
    manifest.transaction(() => {
      database.exec(manifestSchema);
      database.exec(`PRAGMA user_version = ${manifestFormat}`);
    });
    if (maxPages !== undefined) manifest.limitPages(maxPages);
    return manifest;
  }

  /** A ceiling on the file, in pages of 4 KiB: how tests fill a disk. */
  limitPages(maxPages: number): void {
    this.database.pragma(`max_page_count = ${Math.trunc(maxPages)}`);
  }

  get pages(): number {
    return this.get<{ page_count: number }>('PRAGMA page_count')!.page_count;
  }

  /** All or nothing, durable when it returns; joins a transaction that is already open. */
  transaction<T>(work: () => T): T {
    if (this.depth > 0) return work();
    this.assertOpen();
    this.depth = 1;
    try {
      this.database.exec('BEGIN IMMEDIATE');
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw translateFull(error, this.path);
    } finally {
      this.depth = 0;
    }
  }

  run(sql: string, ...values: Value[]): { changes: number; lastInsertRowid: number } {
    const { changes, lastInsertRowid } = this.statement(sql).run(...values);
    return { changes, lastInsertRowid: Number(lastInsertRowid) };
  }

  get<T>(sql: string, ...values: Value[]): T | undefined {
    return this.statement(sql).get(...values) as T | undefined;
  }

  all<T>(sql: string, ...values: Value[]): T[] {
    return this.statement(sql).all(...values) as T[];
  }

  property(name: string): string | undefined {
    return this.get<{ value: string }>('SELECT value FROM property WHERE name = ?', name)?.value;
  }

  setProperty(name: string, value: string): void {
    this.run(
      'INSERT INTO property VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      name,
      value,
    );
  }

  /** The newest id ever given, also when its segment is gone. */
  lastSegmentId(): number {
    const row = this.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'segment'");
    return row?.seq ?? 0;
  }

  /** A consistent copy in one file; `path` must not exist. */
  copyTo(path: string): void {
    this.statement('VACUUM INTO ?').run(path);
  }

  close(): void {
    this.statements.clear();
    if (this.database.open) release(this.database);
  }

  private statement(sql: string): Database.Statement {
    this.assertOpen();
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }

  private assertOpen(): void {
    if (!this.database.open) throw new LogStoreClosed();
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}

/**
 * libsql keeps the file open, and with it the lock, until the garbage collector has taken the last statement. Leaving WAL
 * and then exclusive mode gives the lock back at once.
 */
function release(database: Database.Database): void {
  try {
    database.pragma('journal_mode = DELETE');
    database.pragma('locking_mode = NORMAL');
    database.prepare('SELECT count(*) FROM sqlite_schema').all();
  } catch {
    // Not the owner, or no room to fold the log in: the process's end releases it, the next start replays the log.
  }
  database.close();
}
