import { DuckDBDataChunk } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { FlowLogEntry } from '@flowledger/flow-record';
import { sqlText, withConnection } from './duckdb-session';
import { segmentColumns, segmentFormat, segmentTable } from './segment-columns';

export type Compression = 'zstd' | 'snappy';

export interface SegmentRow {
  readonly entry: FlowLogEntry;
  readonly membership: number;
}

/** What stands in the file's key-value metadata under `flowledger`, as JSON. */
export interface SegmentMetadata {
  readonly accountId: string;
  readonly planVersion: number;
  readonly membershipSets: readonly (readonly string[])[];
}

const sorted = 'SELECT * FROM rows ORDER BY eni_id, start, srcaddr, dstaddr, seq';
const CHUNK_ROWS = 2_048;
/** About 5 ms of work between two turns of the event loop. */
const CHUNKS_A_TURN = 2;

/** Writes one sorted Parquet file; row i has the store-wide number `firstSeq` + i. Neither synced nor renamed. */
export async function writeParquet(
  duckdb: DuckDBInstance,
  path: string,
  rows: readonly SegmentRow[],
  firstSeq: number,
  metadata: SegmentMetadata,
  compression: Compression,
): Promise<void> {
  await withConnection(duckdb, async (connection) => {
    await connection.run(`CREATE TEMP TABLE rows (${segmentTable})`);
    await append(connection, rows, firstSeq);
    await connection.run(copyStatement(sorted, path, metadata, compression));
  });
}

export function copyStatement(
  select: string,
  path: string,
  metadata: SegmentMetadata,
  compression: Compression,
): string {
  const value = sqlText(JSON.stringify({ formatVersion: segmentFormat, ...metadata }));
  return `COPY (${select}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION ${compression}, KV_METADATA {flowledger: ${value}})`;
}

async function append(
  connection: DuckDBConnection,
  rows: readonly SegmentRow[],
  firstSeq: number,
): Promise<void> {
  const appender = await connection.createAppender('rows');
  const types = segmentColumns.map(({ type }) => type);
  for (let from = 0, chunks = 1; from < rows.length; from += CHUNK_ROWS, chunks++) {
    const part = rows.slice(from, from + CHUNK_ROWS);
    const chunk = DuckDBDataChunk.create(types, part.length);
    segmentColumns.forEach(({ cell }, index) =>
      chunk.setColumnValues(
        index,
        part.map(({ entry, membership }, row) => cell(entry, firstSeq + from + row, membership)),
      ),
    );
    appender.appendDataChunk(chunk);
    if (chunks % CHUNKS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  appender.closeSync();
}
