import { FakeEventStore } from './fake-event-store';
import type { FakeEventStoreOptions } from './fake-event-store';
import type { FakeFaults } from './fake-faults';

/** What the parent asks of the fake, by name. */
const orders = {
  /** Another one, empty, in the place of the one before. */
  start: async (options: FakeEventStoreOptions) => {
    (fake as FakeEventStore | undefined)?.stop();
    fake = await FakeEventStore.start(options);
    return fake.connectionString;
  },
  stop: () => fake.stop(),
  restart: () => fake.restart(),
  drop: () => fake.dropSubscriptions(),
  setMetadata: (stream: string, metadata: Record<string, unknown>) => fake.log.setMetadata(stream, metadata),
  softDelete: (stream: string) => fake.log.softDelete(stream),
  tombstone: (stream: string) => fake.log.tombstone(stream),
  appendForeign: (stream: string, type: string, data: Uint8Array) =>
    fake.log.appendForeign(stream, type, data),
  length: () => fake.log.all.length,
  restoreTo: (length: number) => fake.log.restoreTo(length),
  setFaults: (faults: Partial<FakeFaults>): void => {
    Object.assign(fake.faults, faults);
  },
  failAppends: (...faults: FakeFaults['appends']) => void fake.faults.appends.push(...faults),
  answerLate: () => fake.faults.answerLate(),
};

export type FakeOrders = typeof orders;

let fake: FakeEventStore;

process.on(
  'message',
  ({ number, order, args }: { number: number; order: keyof FakeOrders; args: never[] }) => {
    Promise.resolve()
      .then(() => (orders as Record<string, (...args: never[]) => unknown>)[order]!(...args))
      .then(
        (result) => process.send!({ number, result }),
        (error: Error) => process.send!({ number, error: error.message }),
      );
  },
);
process.on('disconnect', () => process.exit());
