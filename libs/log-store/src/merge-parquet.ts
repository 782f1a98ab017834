import { listValue } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { sqlText, withConnection } from './duckdb-session';
import { segmentColumns } from './segment-columns';
import { copyStatement } from './segment-writer';
import type { Compression, SegmentMetadata } from './segment-writer';

/** Which rows of which file go over, and which membership they get there. */
export interface Remap {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export interface MergedRows {
  readonly entries: number;
  readonly minStart: number;
  readonly maxStart: number;
}

const sums = 'count(*) AS entries, sum(seq) AS seqs, sum(bytes) AS bytes, sum(packets) AS packets';
const columns = segmentColumns
  .map(({ name }) => (name === 'membership' ? 'r.target AS membership' : `f."${name}"`))
  .join(', ');

/** Writes the mapped rows of several segments into one file, ordered by time, and reads it back to compare sums. */
export async function mergeParquet(
  duckdb: DuckDBInstance,
  remaps: readonly Remap[],
  path: string,
  metadata: SegmentMetadata,
  compression: Compression,
): Promise<MergedRows> {
  return withConnection(duckdb, async (connection) => {
    await connection.run('CREATE TEMP TABLE remap (path VARCHAR, source BIGINT, target INTEGER)');
    await connection.run('INSERT INTO remap SELECT unnest(?), unnest(?), unnest(?)', [
      listValue(remaps.map((remap) => remap.path)),
      listValue(remaps.map(({ from }) => BigInt(from))),
      listValue(remaps.map(({ to }) => BigInt(to))),
    ]);
    const files = [...new Set(remaps.map((remap) => remap.path))].map(sqlText).join(', ');
    const source = `SELECT ${columns} FROM read_parquet([${files}], filename = true) f
      JOIN remap r ON r.path = f.filename AND r.source = f.membership`;
    await connection.run(copyStatement(`${source} ORDER BY start, seq`, path, metadata, compression));
    const before = await one(connection, `SELECT ${sums} FROM (${source})`);
    const merged = `read_parquet(${sqlText(path)})`;
    const after = await one(connection, `SELECT ${sums} FROM ${merged}`);
    if (Object.keys(before).some((name) => String(before[name]) !== String(after[name])))
      throw new Error(`The merged segment ${path} does not add up to its sources`);
    const range = await one(connection, `SELECT min(start) AS first, max(start) AS last FROM ${merged}`);
    return { entries: Number(after.entries), minStart: Number(range.first), maxStart: Number(range.last) };
  });
}

async function one(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS()[0]!;
}
