import { crc32 } from 'node:zlib';
import { CorruptRecord, logPosition, streamRevision } from '@flowledger/event-sourcing';
import type { EncodedEvent, EventMetadata, RecordedEvent } from '@flowledger/event-sourcing';

/** A row of `events`, in the order of {@link columns}; `recordedAt` in epoch milliseconds. */
export type Row = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
  recordedAt: number,
  checksum: number,
];

export const columns = 'position, stream, revision, id, type, data, metadata, recorded_at, checksum';

/** None of the texts can hold NUL (`assertAppendable`), so joining by it is unambiguous. */
const checksumOf = (row: readonly (string | number)[]): number => crc32(row.slice(0, 8).join('\0'));

export function encodeRow(
  position: number,
  stream: string,
  revision: number,
  { id, type, data, metadata }: EncodedEvent,
  recordedAt: number,
): Row {
  const fields = [position, stream, revision, id, type, data, metadata, recordedAt] as const;
  return [...fields, checksumOf(fields)];
}

export function damageOf(row: Row, file: string): CorruptRecord | undefined {
  if (checksumOf(row) === row[8]) return undefined;
  const [position, stream, revision] = row;
  const where = `The event at position ${position} (stream ${stream}, revision ${revision}) of ${file}`;
  return new CorruptRecord(where, 'its checksum does not match');
}

/** @throws CorruptRecord */
export function decodeRow(row: Row, file: string): RecordedEvent {
  const damage = damageOf(row, file);
  if (damage) throw damage;
  const [position, stream, revision, id, type, data, metadata, recordedAt] = row;
  return {
    id,
    type,
    data: JSON.parse(data) as unknown,
    metadata: JSON.parse(metadata) as EventMetadata,
    stream,
    revision: streamRevision(revision),
    position: logPosition(position),
    recordedAt: new Date(recordedAt).toISOString(),
  };
}
