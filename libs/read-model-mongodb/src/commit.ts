import type { DocumentWrite, LogPosition, ReadModelCommit } from '@flowledger/event-sourcing';
import { comparePositions, LeaseLost, logPosition } from '@flowledger/event-sourcing';
import type { AnyBulkWriteOperation, ClientSession, Db } from 'mongodb';
import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { StoredConsumer } from './consumers';
import { moveCheckpoint, readConsumer } from './consumers';
import { collectionOf } from './schema';
import type { StoredDocument } from './stored-document';
import { isBefore, loadedPosition, storedForm, storedKey, storedPosition } from './stored-document';

interface Change {
  readonly key: string;
  /** Absent for bookkeeping: written whatever stands there. */
  readonly position: LogPosition | undefined;
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
    if (!earlier || isLater(change.position, earlier.position)) changes.set(change.key, change);
    collections.set(collection, changes);
  }
  return new Map([...collections].map(([name, changes]) => [name, [...changes.values()]]));
}

const isLater = (position: LogPosition | undefined, stored: LogPosition | undefined): boolean =>
  !position || !stored || comparePositions(stored, position) < 0;

/** Where bookkeeping stands: before every event. */
const bookkeeping = logPosition(0);

function changeOf(write: DocumentWrite): Change {
  const { readModel, document, position } = write;
  const _id = storedKey(write);
  const filter = { _id, ...(position && isBefore(position, 'lastPosition')) };
  const replacement = document && {
    lastPosition: storedPosition(position ?? bookkeeping),
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
  commit: ReadModelCommit,
): Promise<void> {
  const seen = await readConsumer(db, commit.consumer, session);
  if (isBehind(seen, commit)) return;
  for (const [name, all] of changes) {
    const collection = db.collection<StoredDocument>(name);
    const ids = all.map(({ operation }) => operationId(operation));
    const found = await collection
      .find({ _id: { $in: ids } }, { session, projection: { lastPosition: 1 }, useBigInt64: true })
      .toArray();
    const positions = new Map(
      found.map(({ _id, lastPosition }) => [keyText(_id), loadedPosition(lastPosition)]),
    );
    const fresh = all.filter(({ key, position }) => isLater(position, positions.get(key)));
    if (fresh.length > 0)
      await collection.bulkWrite(
        fresh.map(({ operation }) => operation),
        { session },
      );
  }
  await moveCheckpoint(db, seen, commit, session);
}

/**
 * Without transactions: documents first, the checkpoint last. After a crash in between the events are replayed: documents
 * that are stored stand at or after them and are left alone. A document that was already deleted may come back while the
 * replay passes events before its deletion; the replay reaches the deletion too, so the end state is the same. Once the
 * checkpoint has moved, older commits are ignored as a whole. The epoch is looked at before and after: an owner that is
 * replaced in between may still store what the new one stores too, for the fold of the same events is the same.
 */
export async function commitInOrder(
  db: Db,
  changes: Map<string, Change[]>,
  commit: ReadModelCommit,
): Promise<void> {
  const seen = await readConsumer(db, commit.consumer);
  if (isBehind(seen, commit)) return;
  for (const [name, all] of changes) {
    const operations = all.map(({ operation }) => operation);
    await unlessStale(db.collection<StoredDocument>(name).bulkWrite(operations, { ordered: false }));
  }
  await unlessStale(moveCheckpoint(db, seen, commit));
}

/** @throws LeaseLost */
function isBehind(seen: StoredConsumer | null, { consumer, checkpoint, epoch }: ReadModelCommit): boolean {
  if (epoch !== undefined && seen?.epoch !== epoch) throw new LeaseLost(consumer, epoch);
  const reached = seen?.position && loadedPosition(seen.position);
  return !!reached && !!checkpoint && comparePositions(checkpoint.position, reached) < 0;
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
