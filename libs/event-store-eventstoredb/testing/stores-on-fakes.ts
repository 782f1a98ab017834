import { newStream } from '@flowledger/event-sourcing/testing';
import type { EventStoreDbOptions } from '../src';
import { EventStoreDbEventStore } from '../src';
import { FakeEventStore } from './fake-event-store';
import type { FakeEventStoreOptions } from './fake-event-store';

/** An attempt to append may run out of time: it is repeated. The others end a test, so they outlast a busy machine. */
const shortTimers = {
  connectTimeoutMs: 10_000,
  appendTimeoutMs: 20_000,
  appendAttemptTimeoutMs: 400,
  readTimeoutMs: 10_000,
  subscribeTimeoutMs: 10_000,
  catchUpProbeMs: 100,
  idleProbeMs: 100,
  settleTimeoutMs: 200,
};

export interface OpenStore {
  readonly server: FakeEventStore;
  readonly store: EventStoreDbEventStore;
  readonly stream: string;
}

/** Opens a store on a fake of its own; both are closed after the test. */
export function storesOnFakes(): (
  timers?: Partial<EventStoreDbOptions>,
  options?: FakeEventStoreOptions,
) => Promise<OpenStore> {
  const open: OpenStore[] = [];
  afterEach(async () => {
    for (const { store, server } of open.splice(0)) {
      await store.close();
      server.stop();
    }
  });
  return async (timers = {}, options = {}) => {
    const server = await FakeEventStore.start(options);
    // The client's own deadline must not come to the help of our timers.
    const connectionString = `${server.connectionString}&defaultDeadline=600000`;
    const store = await EventStoreDbEventStore.connect({ connectionString, ...shortTimers, ...timers });
    open.push({ server, store, stream: newStream() });
    return open.at(-1)!;
  };
}
