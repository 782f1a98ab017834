import type { StoredId, StreamIndex } from './append-decision';
import { columns } from './record-codec';
import type { Row } from './record-codec';
import { numberOf } from './schema';
import type { Connection } from './schema';

const cachedStreams = 20_000;

/** The statements behind appends, with the last revision of the streams that were asked for most recently. */
export class EventTable implements StreamIndex {
  private readonly lastRevisions = new Map<string, number>();
  private readonly statements;

  constructor(private readonly database: Connection) {
    const prepare = (sql: string) => database.prepare(sql).raw();
    this.statements = {
      insert: database.prepare(`INSERT INTO events (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
      last: prepare('SELECT max(revision) FROM events WHERE stream = ?'),
      ids: prepare(
        'SELECT id, revision, position FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
      ),
      byId: prepare(
        'SELECT id, revision, position FROM events INDEXED BY events_by_id WHERE stream = ? AND id = ? ' +
          'ORDER BY position DESC LIMIT 1',
      ),
      mark: database.prepare("UPDATE marks SET position = ? WHERE name = 'clean'"),
    };
  }

  insert(row: Row): void {
    this.statements.insert.run(...row);
    this.remember(row[1], row[2]);
  }

  /** What was remembered since the transaction began may not exist: forget it all. */
  forget(): void {
    this.lastRevisions.clear();
  }

  lastRevision(stream: string): number {
    const cached = this.lastRevisions.get(stream);
    if (cached !== undefined) return cached;
    const [revision] = this.statements.last.get(stream) as [number | null];
    if (revision !== null) this.remember(stream, revision);
    return revision ?? -1;
  }

  idsFrom(stream: string, revision: number, count: number): StoredId[] {
    return (this.statements.ids.all(stream, revision, count) as [string, number, number][]).map(storedId);
  }

  latestWithId(stream: string, id: string): StoredId | undefined {
    const row = this.statements.byId.get(stream, id) as [string, number, number] | undefined;
    return row && storedId(row);
  }

  /** Position and time (epoch milliseconds) of the last event; zeros while there is none. */
  head(): { readonly position: number; readonly recordedAt: number } {
    const position = numberOf(this.database, 'SELECT coalesce(max(position), 0) FROM events');
    const recordedAt = numberOf(
      this.database,
      'SELECT coalesce((SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1), 0)',
    );
    return { position, recordedAt };
  }

  cleanMark(): number {
    return numberOf(this.database, "SELECT position FROM marks WHERE name = 'clean'");
  }

  setCleanMark(position: number): void {
    this.statements.mark.run(position);
  }

  private remember(stream: string, revision: number): void {
    this.lastRevisions.delete(stream);
    this.lastRevisions.set(stream, revision);
    if (this.lastRevisions.size > cachedStreams) {
      this.lastRevisions.delete(this.lastRevisions.keys().next().value!);
    }
  }
}

const storedId = ([id, revision, position]: [string, number, number]): StoredId => ({
  id,
  revision,
  position,
});
