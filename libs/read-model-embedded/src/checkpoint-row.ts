import type { Checkpoint } from '@flowledger/event-sourcing';
import { logPosition } from '@flowledger/event-sourcing';
import { positionValues } from './document-row';
import type { Statements } from './statements';

/** 64-bit integers travel as text: the driver would round them to a double. */
interface CheckpointRow {
  readonly at: string;
  readonly prepare: string;
  readonly event: string | null;
  readonly eventAt: string;
  readonly eventPrepare: string;
}

export function readCheckpoint(statements: Statements, consumer: string): Checkpoint | undefined {
  const row = statements.get<CheckpointRow>(
    `SELECT CAST(position_commit AS TEXT) AS at, CAST(position_prepare AS TEXT) AS prepare, event_id AS event,
      CAST(event_commit AS TEXT) AS eventAt, CAST(event_prepare AS TEXT) AS eventPrepare
      FROM checkpoints WHERE consumer = ?`,
    [consumer],
  );
  if (!row) return undefined;
  const position = logPosition(BigInt(row.at), BigInt(row.prepare));
  if (row.event === null) return { position };
  return {
    position,
    lastEvent: { id: row.event, position: logPosition(BigInt(row.eventAt), BigInt(row.eventPrepare)) },
  };
}

/** Leaves a checkpoint that is as far or further alone. */
export function writeCheckpoint(
  statements: Statements,
  consumer: string,
  { position, lastEvent }: Checkpoint,
): void {
  const event = lastEvent ? [lastEvent.id, ...positionValues(lastEvent.position)] : [];
  const holes = lastEvent ? '?, ?, ?' : 'NULL, NULL, NULL';
  statements.run(
    `INSERT INTO checkpoints VALUES (?, ?, ?, ${holes}) ON CONFLICT (consumer) DO UPDATE SET
      position_commit = excluded.position_commit, position_prepare = excluded.position_prepare,
      event_id = excluded.event_id, event_commit = excluded.event_commit, event_prepare = excluded.event_prepare
      WHERE (position_commit, position_prepare) < (excluded.position_commit, excluded.position_prepare)`,
    [consumer, ...positionValues(position), ...event],
  );
}
