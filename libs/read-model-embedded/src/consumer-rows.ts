import type { Checkpoint, ConsumerRecord, HandledEvent } from '@flowledger/event-sourcing';
import {
  comparePositions,
  formatPosition,
  LeaseLost,
  parsePosition,
  streamRevision,
} from '@flowledger/event-sourcing';
import { positionValues } from './document-row';
import type { Statements } from './statements';

/** Positions are texts, as in every JSON of the product: the driver would round 64-bit integers to a double. */
export const createConsumers = `CREATE TABLE IF NOT EXISTS consumers (
  consumer TEXT PRIMARY KEY, epoch INTEGER NOT NULL DEFAULT 0, position TEXT, last_event TEXT, report TEXT) WITHOUT ROWID`;

interface ConsumerRow {
  readonly consumer: string;
  readonly epoch: number;
  readonly position: string | null;
  readonly lastEvent: string | null;
  readonly report: string | null;
}

const select = 'SELECT consumer, epoch, position, last_event AS lastEvent, report FROM consumers';

const rowOf = (statements: Statements, consumer: string): ConsumerRow | undefined =>
  statements.get<ConsumerRow>(`${select} WHERE consumer = ?`, [consumer]);

const checkpointOf = ({ position, lastEvent }: ConsumerRow): Checkpoint | undefined =>
  position === null
    ? undefined
    : { position: parsePosition(position), ...(lastEvent !== null && { lastEvent: readEvent(lastEvent) }) };

export function readCheckpoint(statements: Statements, consumer: string): Checkpoint | undefined {
  const row = rowOf(statements, consumer);
  return row && checkpointOf(row);
}

export const readConsumers = (statements: Statements): Omit<ConsumerRecord, 'lease'>[] =>
  statements.all<ConsumerRow>(`${select} ORDER BY consumer`, []).map((row) => {
    const checkpoint = checkpointOf(row);
    return {
      consumer: row.consumer,
      ...(checkpoint && { checkpoint }),
      ...(row.report !== null && { report: JSON.parse(row.report) as Record<string, unknown> }),
    };
  });

/** @throws LeaseLost */
export function assertEpoch(statements: Statements, consumer: string, epoch: number | undefined): void {
  if (epoch !== undefined && rowOf(statements, consumer)?.epoch !== epoch)
    throw new LeaseLost(consumer, epoch);
}

/** Leaves a checkpoint that is as far or further alone. */
export function writeCheckpoint(statements: Statements, consumer: string, checkpoint: Checkpoint): void {
  const { position, lastEvent } = checkpoint;
  positionValues(position);
  const reached = readCheckpoint(statements, consumer);
  if (reached && comparePositions(position, reached.position) <= 0) return;
  statements.run(
    `INSERT INTO consumers (consumer, position, last_event) VALUES (?, ?, ${lastEvent ? '?' : 'NULL'})
      ON CONFLICT (consumer) DO UPDATE SET position = excluded.position, last_event = excluded.last_event`,
    [consumer, formatPosition(position), ...(lastEvent ? [writeEvent(lastEvent)] : [])],
  );
}

/** @returns the new epoch */
export function raiseEpoch(statements: Statements, consumer: string): number {
  statements.run(
    'INSERT INTO consumers (consumer, epoch) VALUES (?, 1) ON CONFLICT (consumer) DO UPDATE SET epoch = epoch + 1',
    [consumer],
  );
  return rowOf(statements, consumer)!.epoch;
}

export const writeReport = (statements: Statements, consumer: string, report: object): void =>
  statements.run('UPDATE consumers SET report = ? WHERE consumer = ?', [JSON.stringify(report), consumer]);

const writeEvent = ({ id, stream, revision, position }: HandledEvent): string =>
  JSON.stringify({ id, stream, revision: `${revision}`, position: formatPosition(position) });

function readEvent(text: string): HandledEvent {
  const { id, stream, revision, position } = JSON.parse(text) as Record<keyof HandledEvent, string>;
  return { id, stream, revision: streamRevision(BigInt(revision)), position: parsePosition(position) };
}
