import type { RecordedEvent } from '@flowledger/event-sourcing';
import { columns, decodeRow } from './record-codec';
import type { Row } from './record-codec';
import { PrefixFilter } from './prefix-filter';
import type { Connection } from './schema';

export const pageSize = 500;
/** Positions that one query without a selective prefix may walk over, so that no query holds the process up. */
const windowSize = 10_000;
/** A filter with no more matches than this is answered from the index of stream names. */
const selectiveMatches = 5_000;

export interface LogPage {
  readonly events: RecordedEvent[];
  /** Everything between the start of the page and this position has been looked at. */
  readonly through: number;
}

/** The log in pages by position. Each page is a query of its own: nothing is held open between them. */
export class LogPages {
  private readonly filter: PrefixFilter | undefined;

  constructor(
    private readonly database: Connection,
    private readonly file: string,
    prefixes: readonly string[] | undefined,
  ) {
    this.filter = prefixes && new PrefixFilter(prefixes);
  }

  /** Events behind `after`, up to `head`. */
  forwards(after: number, head: number, limit: number): LogPage {
    const selective = this.isSelective(head - after);
    const end = selective ? head : Math.min(head, after + windowSize);
    const events = this.page(after, end + 1, 'ASC', limit, selective);
    return { events, through: events.length < limit ? end : Number(events.at(-1)!.position.commit) };
  }

  /** Events before `before`; `through` is 0 when the beginning was reached. */
  backwards(before: number, limit: number): LogPage {
    const selective = this.isSelective(before);
    const end = selective ? 0 : Math.max(0, before - windowSize - 1);
    const events = this.page(end, before, 'DESC', limit, selective);
    return { events, through: events.length < limit ? end : Number(events.at(-1)!.position.commit) - 1 };
  }

  private page(
    after: number,
    before: number,
    order: 'ASC' | 'DESC',
    limit: number,
    selective: boolean,
  ): RecordedEvent[] {
    const bounds = 'position > ? AND position < ?';
    const { filter } = this;
    const rows =
      filter && selective
        ? this.query(
            `SELECT ${columns} FROM events WHERE position IN (SELECT position FROM (${filter.ranges
              .map(
                ({ sql }) =>
                  `SELECT position FROM events INDEXED BY events_by_stream WHERE ${sql} AND ${bounds}`,
              )
              .join(' UNION ')}) ORDER BY position ${order} LIMIT ?) ORDER BY position ${order}`,
            [...filter.ranges.flatMap(({ parameters }) => [...parameters, after, before]), limit],
          )
        : this.query(
            `SELECT ${columns} FROM events NOT INDEXED WHERE ${bounds} AND (${filter ? filter.where : 'TRUE'}) ` +
              `ORDER BY position ${order} LIMIT ?`,
            [after, before, ...(filter?.parameters ?? []), limit],
          );
    return rows.map((row) => decodeRow(row, this.file));
  }

  private isSelective(span: number): boolean {
    const { filter } = this;
    if (!filter || filter.ranges.length === 0 || span <= windowSize) return false;
    let matches = 0;
    for (const { sql, parameters } of filter.ranges) {
      const [[count]] = this.query<[[number]]>(
        `SELECT count(*) FROM (SELECT 1 FROM events INDEXED BY events_by_stream WHERE ${sql} LIMIT ?)`,
        [...parameters, selectiveMatches + 1 - matches],
      );
      matches += count;
      if (matches > selectiveMatches) return false;
    }
    return true;
  }

  private query<T = Row[]>(sql: string, parameters: readonly (string | number)[]): T {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = rawStatement(this.database, sql)));
    return statement.all(...parameters) as T;
  }

  private readonly statements = new Map<string, ReturnType<typeof rawStatement>>();
}

const rawStatement = (database: Connection, sql: string) => database.prepare(sql).raw();
