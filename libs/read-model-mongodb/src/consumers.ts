import type { Checkpoint, ConsumerRecord, HandledEvent, WorkReport } from '@flowledger/event-sourcing';
import { comparePositions, LeaseLost, streamRevision } from '@flowledger/event-sourcing';
import type { ClientSession, Db } from 'mongodb';
import { Long, MongoServerError } from 'mongodb';
import type { StoredPosition } from './stored-document';
import { isBefore, loadedPosition, storedPosition } from './stored-document';

/** One small document a consumer: how far it is, and who works for it. So a commit and a claim meet in one place. */
export interface StoredConsumer {
  readonly _id: string;
  readonly position?: StoredPosition;
  readonly lastEvent?: {
    readonly id: string;
    readonly stream: string;
    readonly revision: Long | bigint;
    readonly position: StoredPosition;
  };
  readonly epoch?: number;
  readonly owner?: string | null;
  /** Milliseconds since 1970 by the server's clock. */
  readonly expiresAt?: Long | bigint;
  readonly report?: string;
  /** Counts the commits under leases: a claim and a commit that race write the same document, and one is refused. */
  readonly commits?: number;
  /** Collections that a drop has still to remove. */
  readonly dropping?: readonly string[];
}

export const consumersOf = (db: Db) => db.collection<StoredConsumer>('consumers');

export const readConsumer = (db: Db, consumer: string, session?: ClientSession) =>
  consumersOf(db).findOne({ _id: { $eq: consumer } }, { session, useBigInt64: true });

export async function readCheckpoint(db: Db, consumer: string): Promise<Checkpoint | undefined> {
  const found = await readConsumer(db, consumer);
  if (found?.dropping) await finishDrop(db, consumer, found.dropping);
  return found ? checkpointOf(found) : undefined;
}

export function checkpointOf({ position: stored, lastEvent }: StoredConsumer): Checkpoint | undefined {
  if (!stored) return undefined;
  const position = loadedPosition(stored);
  return lastEvent ? { position, lastEvent: loadedEvent(lastEvent) } : { position };
}

export const recordOf = (found: StoredConsumer, now: number): ConsumerRecord => {
  const { _id: consumer, owner, epoch, expiresAt, report } = found;
  const checkpoint = checkpointOf(found);
  const left = Number(expiresAt ?? 0) - now;
  return {
    consumer,
    ...(checkpoint && { checkpoint }),
    ...(owner && epoch && left > 0 && { lease: { consumer, owner, epoch, expiresInMilliseconds: left } }),
    ...(report !== undefined && { report: JSON.parse(report) as WorkReport }),
  };
};

/**
 * Moves the checkpoint of a consumer seen as `seen`, unless it is as far or further. Under a lease the document is
 * written in any case, and only while the epoch is still its own.
 * @throws LeaseLost
 */
export async function moveCheckpoint(
  db: Db,
  seen: StoredConsumer | null,
  { consumer, checkpoint, epoch }: { consumer: string; checkpoint?: Checkpoint; epoch?: number },
  session?: ClientSession,
): Promise<void> {
  const reached = seen?.position && loadedPosition(seen.position);
  const moves = checkpoint && (!reached || comparePositions(reached, checkpoint.position) < 0);
  if (!moves && epoch === undefined) return;
  const { matchedCount, upsertedCount } = await consumersOf(db).updateOne(
    {
      _id: consumer,
      ...(epoch !== undefined && { epoch }),
      ...(moves && { $or: [{ position: null }, ...isBefore(checkpoint.position, 'position').$or] }),
    },
    {
      $set: {
        ...(moves && storedCheckpoint(checkpoint)),
        ...(epoch !== undefined && { commits: (seen?.commits ?? 0) + 1 }),
      },
      ...(moves && !checkpoint.lastEvent && { $unset: { lastEvent: '' } }),
    },
    { upsert: epoch === undefined, session },
  );
  if (epoch !== undefined && matchedCount + upsertedCount === 0) throw new LeaseLost(consumer, epoch);
}

/** The list of collections replaces the checkpoint first: a drop that a crash cut short is finished by the next reader. */
export async function dropConsumer(db: Db, consumer: string, collections: readonly string[]): Promise<void> {
  await consumersOf(db).replaceOne({ _id: consumer }, { dropping: collections }, { upsert: true });
  await finishDrop(db, consumer, collections);
}

async function finishDrop(db: Db, consumer: string, collections: readonly string[]): Promise<void> {
  for (const name of collections) await db.collection(name).drop().catch(unlessMissing);
  await consumersOf(db).deleteOne({ _id: consumer });
}

const namespaceNotFound = 26;

function unlessMissing(error: unknown): void {
  if (!(error instanceof MongoServerError) || error.code !== namespaceNotFound) throw error;
}

const storedCheckpoint = ({ position, lastEvent }: Checkpoint) => ({
  position: storedPosition(position),
  ...(lastEvent && {
    lastEvent: {
      id: lastEvent.id,
      stream: lastEvent.stream,
      revision: Long.fromBigInt(lastEvent.revision),
      position: storedPosition(lastEvent.position),
    },
  }),
});

const loadedEvent = ({
  id,
  stream,
  revision,
  position,
}: NonNullable<StoredConsumer['lastEvent']>): HandledEvent => ({
  id,
  stream,
  revision: streamRevision(BigInt(revision.toString())),
  position: loadedPosition(position),
});
