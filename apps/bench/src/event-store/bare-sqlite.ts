import { join } from 'node:path';
import Database from 'libsql';
import type { Workload } from './workload';

/**
 * What the file itself allows: the same rows, indexes and settings, one transaction for each round of callers, and
 * nothing else. No expectation is checked, no checksum made, nobody is answered.
 */
export class BareSqlite {
  private readonly database: Database.Database;
  private readonly insert: Database.Statement;
  private position = 0;
  /** Kept, so that parsing is not optimised away. */
  parsed: readonly unknown[] = [];

  constructor(directory: string) {
    this.database = new Database(join(directory, 'bare.db'));
    for (const setting of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL'])
      this.database.pragma(setting);
    this.database.exec(`
      CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL,
        id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL,
        recorded_at INTEGER NOT NULL, checksum INTEGER NOT NULL);
      CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
      CREATE INDEX events_by_id ON events (stream, id)`);
    this.insert = this.database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  }

  append(work: Workload): void {
    const rounds = work[0]?.events.length ?? 0;
    const now = Date.now();
    for (let revision = 0; revision < rounds; revision++) {
      this.database.exec('BEGIN IMMEDIATE');
      for (const { stream, events } of work) {
        const { id, type, data, metadata } = events[revision]!;
        const [dataText, metadataText] = [JSON.stringify(data), JSON.stringify(metadata)];
        const position = ++this.position;
        this.insert.run([position, stream, revision, id, type, dataText, metadataText, now, revision]);
      }
      this.database.exec('COMMIT');
    }
  }

  /** Reads every row in order, unchecked, with its JSON parsed. @returns rows */
  replay(): number {
    const page = this.database
      .prepare('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT 500')
      .raw();
    let last = 0;
    for (;;) {
      const rows = page.all([last]) as [number, string, number, string, string, string, string][];
      for (const row of rows) this.parsed = [JSON.parse(row[5]), JSON.parse(row[6])];
      if (rows.length === 0) return last;
      last = rows.at(-1)![0];
    }
  }

  close(): void {
    this.database.close();
  }
}
