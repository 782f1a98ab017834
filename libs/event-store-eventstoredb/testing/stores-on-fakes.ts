import { newStream } from '@flowledger/event-sourcing/testing';
import type { EventStoreDbOptions } from '../src';
import { EventStoreDbEventStore } from '../src';
import { FakeEventStore } from './fake-event-store';
import type { FakeEventStoreOptions } from './fake-event-store';

/** Short enough for a test, long enough for a busy machine to answer in. */
const shortTimers = {
  connectTimeoutMs: 2_000,
  appendTimeoutMs: 10_000,
  appendAttemptTimeoutMs: 400,
  readTimeoutMs: 400,
  subscribeTimeoutMs: 400,
  catchUpProbeMs: 100,
  idleProbeMs: 100,
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
    const { connectionString } = server;
    const store = await EventStoreDbEventStore.connect({ connectionString, ...shortTimers, ...timers });
    open.push({ server, store, stream: newStream() });
    return open.at(-1)!;
  };
}
