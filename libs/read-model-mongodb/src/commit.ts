import type { Checkpoint, DocumentWrite, LogPosition, ReadModelCommit } from '@flowledger/event-sourcing';
import { comparePositions } from '@flowledger/event-sourcing';
import type { AnyBulkWriteOperation, ClientSession, Db } from 'mongodb';
import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import { readCheckpoint, storedCheckpoint } from './checkpoints';
import { collectionOf } from './schema';
import type { StoredDocument } from './stored-document';
import { isBefore, loadedPosition, storedForm, storedKey, storedPosition } from './stored-document';

interface Change {
  readonly key: string;
  readonly position: LogPosition;
  readonly operation: AnyBulkWriteOperation<StoredDocument>;
}

const keyText = ({ accountId, id }: { accountId: string; id: string }) => `${accountId}\0${id}`;

/** By collection, one change a document: the latest. Everything that can be wrong with a write is found here. */
export function changesOf(writes: readonly DocumentWrite[]): Map<string, Change[]> {
  const collections = new Map<string, Map<string, Change>>();
  for (const write of writes) {
    const collection = collectionOf(write.readModel);
    const changes = collections.get(collection) ?? new Map<string, Change>();
    const change = changeOf(write);
    const earlier = changes.get(change.key);
    if (!earlier || comparePositions(earlier.position, change.position) < 0) changes.set(change.key, change);
    collections.set(collection, changes);
  }
  return new Map([...collections].map(([name, changes]) => [name, [...changes.values()]]));
}

function changeOf(write: DocumentWrite): Change {
  const { readModel, document, position } = write;
  const _id = storedKey(write);
  const filter = { _id, ...isBefore(position, 'lastPosition') };
  const replacement = document && {
    lastPosition: storedPosition(position),
    document: storedForm(readModel, document),
  };
  const operation = replacement
    ? { replaceOne: { filter, replacement, upsert: true } }
    : { deleteOne: { filter } };
  return { key: keyText(_id), position, operation };
}

/**
 * In one transaction. An upsert that meets a newer document would end it with E11000, so the stale ones are found first,
 * in the same snapshot; a writer in between makes the server refuse ours and the driver start over.
 */
export async function commitAtomically(
  db: Db,
  session: ClientSession,
  changes: Map<string, Change[]>,
  { consumer, checkpoint }: ReadModelCommit,
): Promise<void> {
  if (await isBehind(db, consumer, checkpoint, session)) return;
  for (const [name, all] of changes) {
    const collection = db.collection<StoredDocument>(name);
    const ids = all.map(({ operation }) => operationId(operation));
    const found = await collection
      .find({ _id: { $in: ids } }, { session, projection: { lastPosition: 1 }, useBigInt64: true })
      .toArray();
    const positions = new Map(
      found.map(({ _id, lastPosition }) => [keyText(_id), loadedPosition(lastPosition)]),
    );
    const fresh = all.filter(({ key, position }) => {
      const stored = positions.get(key);
      return !stored || comparePositions(stored, position) < 0;
    });
    if (fresh.length > 0)
      await collection.bulkWrite(
        fresh.map(({ operation }) => operation),
        { session },
      );
  }
  await moveCheckpoint(db, consumer, checkpoint, session);
}

/**
 * Without transactions: documents first, the checkpoint last. After a crash in between the events are replayed: documents
 * that are stored stand at or after them and are left alone. A document that was already deleted may come back while the
 * replay passes events before its deletion; the replay reaches the deletion too, so the end state is the same. Once the
 * checkpoint has moved, older commits are ignored as a whole.
 */
export async function commitInOrder(
  db: Db,
  changes: Map<string, Change[]>,
  { consumer, checkpoint }: ReadModelCommit,
): Promise<void> {
  if (await isBehind(db, consumer, checkpoint)) return;
  for (const [name, all] of changes) {
    const operations = all.map(({ operation }) => operation);
    await unlessStale(db.collection<StoredDocument>(name).bulkWrite(operations, { ordered: false }));
  }
  await unlessStale(moveCheckpoint(db, consumer, checkpoint));
}

async function isBehind(
  db: Db,
  consumer: string,
  { position }: Checkpoint,
  session?: ClientSession,
): Promise<boolean> {
  const reached = await readCheckpoint(db, consumer, session);
  return reached !== undefined && comparePositions(position, reached.position) < 0;
}

async function moveCheckpoint(db: Db, consumer: string, checkpoint: Checkpoint, session?: ClientSession) {
  const reached = await readCheckpoint(db, consumer, session);
  if (reached && comparePositions(checkpoint.position, reached.position) <= 0) return;
  const filter = { _id: consumer, ...isBefore(checkpoint.position, 'position') };
  await db
    .collection<{ _id: string }>('checkpoints')
    .replaceOne(filter, storedCheckpoint(checkpoint), { upsert: true, session });
}

/** The guarded upsert of a stale document finds no match and collides with it: E11000 means "already newer". */
async function unlessStale(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    const codes =
      error instanceof MongoBulkWriteError
        ? [error.writeErrors].flat().map(({ code }) => code)
        : [error instanceof MongoServerError ? error.code : undefined];
    if (codes.length === 0 || codes.some((code) => code !== 11000)) throw error;
  }
}

function operationId(operation: AnyBulkWriteOperation<StoredDocument>): StoredDocument['_id'] {
  const { filter } =
    'replaceOne' in operation
      ? operation.replaceOne
      : (operation as { deleteOne: { filter: object } }).deleteOne;
  return (filter as { _id: StoredDocument['_id'] })._id;
}
