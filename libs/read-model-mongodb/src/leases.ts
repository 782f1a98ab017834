import type { Lease, WorkReport } from '@flowledger/event-sourcing';
import type { Db } from 'mongodb';
import { Long, MongoServerError } from 'mongodb';
import { consumersOf, readCheckpoint, readConsumer } from './consumers';

/**
 * The server's clock, so that the clocks of the owners do not matter. It is read before the write that uses it: a lease
 * then ends a little early for its owner, never late for the others.
 */
export async function serverTime(db: Db): Promise<number> {
  const { localTime } = await db.admin().command({ hello: 1 });
  return (localTime as Date).getTime();
}

const owned = ({ consumer, owner, epoch }: Lease) => ({ _id: consumer, owner, epoch });

/** A compare-and-set on what was seen: of two that see a lease run out one gets it. */
export async function claim(
  db: Db,
  consumer: string,
  owner: string,
  milliseconds: number,
): Promise<Lease | undefined> {
  await readCheckpoint(db, consumer);
  const now = await serverTime(db);
  const seen = await readConsumer(db, consumer);
  const taken = seen?.owner && seen.owner !== owner && Number(seen.expiresAt) > now;
  if (taken) return undefined;
  const lease = { consumer, owner, epoch: (seen?.epoch ?? 0) + 1 };
  try {
    const { matchedCount, upsertedCount } = await consumersOf(db).updateOne(
      { _id: consumer, epoch: seen?.epoch ?? null, expiresAt: seen?.expiresAt ?? null } as object,
      { $set: { epoch: lease.epoch, owner, expiresAt: Long.fromNumber(now + milliseconds) } },
      { upsert: !seen },
    );
    return matchedCount + upsertedCount > 0 ? lease : undefined;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11000) return undefined;
    throw error;
  }
}

export async function extend(
  db: Db,
  lease: Lease,
  milliseconds: number,
  report: WorkReport,
): Promise<boolean> {
  const expiresAt = Long.fromNumber((await serverTime(db)) + milliseconds);
  const change = { $set: { expiresAt, report: JSON.stringify(report) } };
  return (await consumersOf(db).updateOne(owned(lease), change)).matchedCount > 0;
}

export async function release(db: Db, lease: Lease): Promise<void> {
  await consumersOf(db).updateOne(owned(lease), { $set: { owner: null, expiresAt: Long.ZERO } });
}
