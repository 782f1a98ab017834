import type { Checkpoint } from '@flowledger/event-sourcing';
import type { ClientSession, Db } from 'mongodb';
import type { StoredPosition } from './stored-document';
import { loadedPosition, storedPosition } from './stored-document';

interface StoredCheckpoint {
  readonly _id: string;
  readonly position?: StoredPosition;
  readonly lastEvent?: { readonly id: string; readonly position: StoredPosition };
  /** Collections a reset has still to empty. */
  readonly resetting?: readonly string[];
}

const checkpoints = (db: Db) => db.collection<StoredCheckpoint>('checkpoints');

export const storedCheckpoint = ({ position, lastEvent }: Checkpoint) => ({
  position: storedPosition(position),
  ...(lastEvent && { lastEvent: { id: lastEvent.id, position: storedPosition(lastEvent.position) } }),
});

export async function readCheckpoint(
  db: Db,
  consumer: string,
  session?: ClientSession,
): Promise<Checkpoint | undefined> {
  const found = await checkpoints(db).findOne({ _id: { $eq: consumer } }, { session, useBigInt64: true });
  if (found?.resetting && !session) await finishReset(db, consumer, found.resetting);
  if (!found?.position) return undefined;
  const position = loadedPosition(found.position);
  if (!found.lastEvent) return { position };
  return {
    position,
    lastEvent: { id: found.lastEvent.id, position: loadedPosition(found.lastEvent.position) },
  };
}

/** The list of collections replaces the checkpoint first: a reset that a crash cut short is finished by the next reader. */
export async function resetConsumer(db: Db, consumer: string, collections: readonly string[]): Promise<void> {
  await checkpoints(db).replaceOne({ _id: consumer }, { resetting: collections }, { upsert: true });
  await finishReset(db, consumer, collections);
}

async function finishReset(db: Db, consumer: string, collections: readonly string[]): Promise<void> {
  for (const name of collections) await db.collection(name).deleteMany({});
  await checkpoints(db).deleteOne({ _id: consumer });
}
