import type { DuckDBInstance } from '@duckdb/node-api';
import { BIGINT, LIST, VARCHAR, listValue } from '@duckdb/node-api';
import type { EntryFields } from '@flowledger/flow-record';
import { toFields } from '@flowledger/flow-record';
import { withConnection } from './duckdb-session';
import { LogstoreNotFound, SegmentDamaged, UnsupportedFormat } from './log-store.errors';
import type { Logstores } from './logstores';
import type { Manifest } from './manifest';
import { membershipsOf } from './membership';
import type { QueryCondition } from './parse-query';
import { conditionSql } from './query-conditions';
import { segmentFormat, toEntry } from './segment-columns';
import type { SegmentFiles } from './segment-files';

/** `from` inclusive, `to` exclusive, Unix seconds of `__time__`; limit at most `maxQueryLimit`. */
export interface LogQuery {
  readonly from: number;
  readonly to: number;
  /** All must hold. */
  readonly conditions?: readonly QueryCondition[];
  readonly limit?: number;
  readonly offset?: number;
  /** Newest first. */
  readonly reverse?: boolean;
}

export interface LogQueryResult {
  readonly progress: 'Complete';
  /** Rows returned. */
  readonly count: number;
  readonly entries: readonly EntryFields[];
}

export const maxQueryLimit = 1_000;
const DEFAULT_LIMIT = 100;

interface Source {
  file: string;
  format: number;
  sets: string;
  flowLogId: string;
}

/** Reads what a logstore refers to: each row once for every flow log that delivered it. */
export class LogQueries {
  constructor(
    private readonly manifest: Manifest,
    private readonly files: SegmentFiles,
    private readonly duckdb: DuckDBInstance,
    private readonly logstores: Logstores,
  ) {}

  async run(logstoreId: string, query: LogQuery): Promise<LogQueryResult> {
    if (!this.logstores.exists(logstoreId)) throw new LogstoreNotFound(logstoreId);
    const sources = this.sources(logstoreId, query);
    const newer = sources.find(({ format }) => format > segmentFormat);
    if (newer) throw new UnsupportedFormat(newer.file, newer.format, segmentFormat);
    const names = [...new Set(sources.map(({ file }) => file))];
    const rows =
      names.length > 0 ? await this.files.reading(names, () => this.read(sources, names, query)) : [];
    return { progress: 'Complete', count: rows.length, entries: rows.map((row) => toFields(toEntry(row))) };
  }

  private sources(logstoreId: string, { from, to }: LogQuery): Source[] {
    return this.manifest.all<Source>(
      `SELECT s.file, s.format_version AS format, s.membership_sets AS sets, r.flow_log_id AS flowLogId
       FROM reference r JOIN segment s USING (segment_id)
       WHERE r.logstore_id = ? AND s.max_start >= ? AND s.min_start < ?`,
      logstoreId,
      from,
      to,
    );
  }

  private async read(sources: readonly Source[], names: readonly string[], query: LogQuery) {
    const wanted = sources.flatMap(({ file, sets, flowLogId }) =>
      membershipsOf(JSON.parse(sets) as string[][], flowLogId).map((membership) => ({
        file,
        membership,
        flowLogId,
      })),
    );
    const conditions = (query.conditions ?? []).map(conditionSql);
    const order = query.reverse ? 'DESC' : 'ASC';
    const sql = `
      SELECT f.* EXCLUDE (filename) FROM read_parquet(?, filename = true) f
      JOIN (SELECT unnest(?) AS file, unnest(?) AS membership, unnest(?) AS flow_log_id) w
        ON w.file = f.filename AND w.membership = f.membership
      WHERE f.start >= ? AND f.start < ? ${conditions.map((condition) => `AND ${condition.sql}`).join(' ')}
      ORDER BY f.start ${order}, f.seq ${order}, w.flow_log_id ${order} LIMIT ? OFFSET ?`;
    const path = (file: string) => this.files.path(file);
    const limit = Math.min(query.limit ?? DEFAULT_LIMIT, maxQueryLimit);
    const values = [
      listValue(names.map(path)),
      listValue(wanted.map(({ file }) => path(file))),
      listValue(wanted.map(({ membership }) => BigInt(membership))),
      listValue(wanted.map(({ flowLogId }) => flowLogId)),
      BigInt(query.from),
      BigInt(query.to),
      ...conditions.flatMap((condition) => condition.values),
      BigInt(limit),
      BigInt(query.offset ?? 0),
    ];
    const types = [LIST(VARCHAR), LIST(VARCHAR), LIST(BIGINT), LIST(VARCHAR)];
    return withConnection(this.duckdb, async (connection) => {
      try {
        const reader = await connection.runAndReadAll(
          sql,
          values,
          values.map((value, index) => types[index] ?? (typeof value === 'bigint' ? BIGINT : VARCHAR)),
        );
        return reader.getRowObjectsJS();
      } catch (error) {
        const detail = (error as Error).message;
        if (!/parquet|IO Error|No files found/i.test(detail)) throw error;
        throw new SegmentDamaged(
          names.length === 1 ? names[0]! : `one of ${names.length}`,
          detail.split('\n')[0]!,
          {
            cause: error,
          },
        );
      }
    });
  }
}
