import { EventStoreUnavailable, UnknownOutcome } from '@flowledger/event-sourcing';
import {
  idsIn,
  idsOf,
  newEvent,
  newEvents,
  newStream,
  SubscriptionReader,
} from '@flowledger/event-sourcing/testing';
import { expectNoUnhandledRejection, FakeEventStore, FaultProxy } from '../testing';
import { EventStoreDbEventStore } from './event-store-db-event-store';
import type { EventStoreDbOptions } from './event-store-db-options';

expectNoUnhandledRejection();

const open: { store: EventStoreDbEventStore; proxy: FaultProxy; server: FakeEventStore }[] = [];
afterEach(async () => {
  for (const { store, proxy, server } of open.splice(0)) {
    await store.close();
    proxy.stop();
    server.stop();
  }
});

async function behindProxy(options: Partial<EventStoreDbOptions> = {}) {
  const server = await FakeEventStore.start();
  const proxy = await FaultProxy.before(server.connectionString);
  const store = await EventStoreDbEventStore.connect({
    connectionString: proxy.connectionString,
    appendAttemptTimeoutMs: 400,
    readTimeoutMs: 1_000,
    scanTimeoutMs: 1_000,
    catchUpProbeMs: 100,
    idleProbeMs: 100,
    settleTimeoutMs: 200,
    ...options,
  });
  open.push({ server, proxy, store });
  return { server, proxy, store };
}

describe('a connection that loses everything without closing', () => {
  it('R1 costs a subscription its life within the probe budget, and nothing is lost or repeated', async () => {
    const { store, proxy } = await behindProxy();
    const stream = newStream();
    const events = newEvents(4);
    await store.append(stream, 'no-stream', events.slice(0, 2));
    const reader = new SubscriptionReader(store, { streamPrefixes: [stream] });
    await reader.received(2);
    proxy.mode = 'black-hole';
    expect(await reader.ended).toBeInstanceOf(Error);
    proxy.mode = 'pass';
    await store.append(stream, 'any', events.slice(2));
    const resumed = new SubscriptionReader(store, { after: reader.position, streamPrefixes: [stream] });
    await resumed.received(2);
    await resumed.stop();
    expect([...reader.ids, ...resumed.ids]).toEqual(idsOf(events));
  });

  it('leaves an append with an unknown outcome, not for ever and not as a failure', async () => {
    const { store, proxy } = await behindProxy({ appendTimeoutMs: 1_000 });
    const stream = newStream();
    await store.append(stream, 'no-stream', [newEvent()]);
    proxy.mode = 'black-hole';
    const lost = await store.append(stream, 'any', [newEvent()]).catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(UnknownOutcome);
  });
});

describe('a connection whose answers are lost', () => {
  it('has written an append once, whatever had to be repeated', async () => {
    const { store, proxy } = await behindProxy();
    const stream = newStream();
    const first = await store.append(stream, 'no-stream', [newEvent()]);
    proxy.mode = 'half-open';
    const events = newEvents(2);
    const append = store.append(stream, first.revision, events);
    while (store.status.clientsReplaced === 0) await new Promise(setImmediate);
    proxy.mode = 'pass';
    expect((await append).revision).toBe(2n);
    expect((await idsIn(store.readStream(stream))).slice(1)).toEqual(idsOf(events));
  });

  it('refuses at once what comes after several failures, and is used again when it works', async () => {
    const { store, proxy } = await behindProxy({ appendTimeoutMs: 8_000, readTimeoutMs: 200 });
    proxy.mode = 'half-open';
    while (!store.status.circuitOpen) await store.head().catch(() => undefined);
    await expect(store.append(newStream(), 'no-stream', [newEvent()])).rejects.toThrow(/nothing was sent/);
    proxy.mode = 'pass';
    for (;;) {
      const head = await store.head().then(
        () => true,
        (error: unknown) => (expect(error).toBeInstanceOf(EventStoreUnavailable), false),
      );
      if (head) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await store.append(newStream(), 'no-stream', [newEvent()])).revision).toBe(0n);
  });
});

describe('a store that is subscribed to again and again', () => {
  it('R40 keeps no subscription, listener or call of the ones before', async () => {
    const { store, server } = await behindProxy();
    const listeners = () => process.listenerCount('unhandledRejection') + server.log.listenerCount('commit');
    const before = listeners();
    for (let round = 0; round < 1_000; round++) {
      for await (const message of store.subscribe({ streamPrefixes: ['nothing-'] }))
        if (message.kind === 'caught-up') break;
    }
    while (server.subscribers > 0) await new Promise(setImmediate);
    expect(listeners()).toBe(before);
    expect(store.status).toMatchObject({ subscriptions: 1_000, clientsReplaced: 0 });
  });
});
