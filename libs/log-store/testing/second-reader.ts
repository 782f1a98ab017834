import type { FileMetaData } from 'hyparquet';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import type { Compression } from '../src/segment-writer';

const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (input: Uint8Array) => Uint8Array };
const compressors = zstdDecompressSync ? { ZSTD: (input: Uint8Array) => zstdDecompressSync(input) } : {};

/** The second reader knows zstd from Node 22.15 on only. */
export const readableCompression: Compression = zstdDecompressSync ? 'zstd' : 'snappy';

export interface SecondReading {
  readonly rows: Record<string, unknown>[];
  readonly flowledger: {
    formatVersion: number;
    accountId: string;
    planVersion: number;
    membershipSets: string[][];
  };
}

/** Reads a segment without DuckDB: what the two agree on is in the file, not in the reader. */
export async function readParquet(path: string): Promise<SecondReading> {
  const { parquetMetadata, parquetReadObjects } = await import('hyparquet');
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const metadata: FileMetaData = parquetMetadata(file);
  const value = metadata.key_value_metadata?.find(({ key }) => key === 'flowledger')?.value;
  return {
    rows: await parquetReadObjects({ file, compressors }),
    flowledger: JSON.parse(value!) as SecondReading['flowledger'],
  };
}

export async function segmentFiles(directory: string): Promise<string[]> {
  const found = await readdir(join(directory, 'segments'), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
