import type { ReadDirection, RecordedEvent } from '@flowledger/event-sourcing';
import { columns, decodeRow } from './record-codec';
import type { Row } from './record-codec';
import type { Connection } from './schema';

/** One stream in pages by revision. */
export class StreamPages {
  private readonly statements;

  constructor(
    database: Connection,
    private readonly file: string,
  ) {
    const statement = (comparison: string, order: string) =>
      database
        .prepare(
          `SELECT ${columns} FROM events INDEXED BY events_by_stream WHERE stream = ? AND revision ${comparison} ? ` +
            `ORDER BY revision ${order} LIMIT ?`,
        )
        .raw();
    this.statements = { forwards: statement('>=', 'ASC'), backwards: statement('<=', 'DESC') };
  }

  /** @throws CorruptRecord */
  page(stream: string, direction: ReadDirection, from: number, limit: number): RecordedEvent[] {
    const rows = this.statements[direction].all(stream, from, limit) as Row[];
    return rows.map((row) => decodeRow(row, this.file));
  }
}
