import { comparePositions, EventStoreUnavailable, SubscriptionDropped } from '@flowledger/event-sourcing';
import type { SubscribeOptions } from '@flowledger/event-sourcing';
import {
  idsOf,
  newCategory,
  newEvent,
  newEvents,
  SubscriptionReader,
} from '@flowledger/event-sourcing/testing';
import { expectNoUnhandledRejection, silentServer, storesOnFakes } from '../testing';
import type { FakeProfile } from '../testing';
import { EventStoreDbEventStore } from './event-store-db-event-store';

const openStore = storesOnFakes();
const readers: SubscriptionReader[] = [];
const read = (store: EventStoreDbEventStore, options: SubscribeOptions = {}): SubscriptionReader => {
  readers.push(new SubscriptionReader(store, options));
  return readers.at(-1)!;
};
afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.stop())));
expectNoUnhandledRejection();

describe('a subscription whose consumer is busy', () => {
  it('P1 gets markers and events in the order of the log', async () => {
    const { store } = await openStore();
    const category = newCategory();
    for (let batch = 0; batch < 3; batch++) await store.append(`${category}1`, 'any', newEvents(400));
    const ids: string[] = [];
    const positions = [];
    for await (const message of store.subscribe({ streamPrefixes: [category] })) {
      if (message.kind === 'caught-up' && ids.length >= 1_200) break;
      if (message.kind === 'checkpoint') positions.push(message.position);
      if (message.kind === 'events') {
        ids.push(...idsOf(message.events));
        positions.push(...message.events.map(({ position }) => position));
      }
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    }
    expect(ids).toHaveLength(1_200);
    expect(positions).toEqual([...positions].sort(comparePositions));
    expect(positions.length).toBeGreaterThan(1_200 - 1);
  });
});

describe('a subscription that the server gives up', () => {
  it('P2 is dropped when it just ends', async () => {
    const { store, server } = await openStore();
    const reader = read(store);
    await reader.caughtUp();
    server.dropSubscriptions('politely');
    expect(await reader.ended).toBeInstanceOf(SubscriptionDropped);
  });

  it('hands over what had arrived before it was dropped', async () => {
    const { store, server } = await openStore();
    const reader = read(store);
    await reader.caughtUp();
    await store.append('s', 'no-stream', newEvents(3));
    await reader.received(3);
    server.stop();
    expect(await reader.ended).toBeInstanceOf(SubscriptionDropped);
    expect(reader.ids).toHaveLength(3);
  });

  it('P3 is dropped when its client is replaced', async () => {
    const { store, server, stream } = await openStore({ idleProbeMs: 60_000 });
    const reader = read(store);
    await reader.caughtUp();
    server.faults.appends.push({ written: false, answer: 'never' });
    await store.append(stream, 'no-stream', [newEvent()]);
    expect(await reader.ended).toBeInstanceOf(SubscriptionDropped);
  });

  it('P3 is dropped when it goes silent while events wait', async () => {
    const { store, server, stream } = await openStore();
    const reader = read(store);
    await reader.caughtUp();
    server.faults.subscriptionsMute = true;
    await store.append(stream, 'no-stream', [newEvent()]);
    expect(await reader.ended).toBeInstanceOf(SubscriptionDropped);
  });

  it('P8 is dropped when it is never confirmed, and the next one gets a new client', async () => {
    const { store, server } = await openStore({ subscribeTimeoutMs: 1_000 });
    server.faults.subscriptionsHang = true;
    expect(await read(store).ended).toBeInstanceOf(SubscriptionDropped);
    server.faults.subscriptionsHang = false;
    await read(store).caughtUp();
  });
});

describe('a read that is never answered', () => {
  it('P8 fails, and the next one gets a new client', async () => {
    const { store, server, stream } = await openStore({ readTimeoutMs: 1_000 });
    await store.append(stream, 'no-stream', [newEvent()]);
    server.faults.readsHang = true;
    await expect(store.head()).rejects.toBeInstanceOf(EventStoreUnavailable);
    server.faults.readsHang = false;
    expect(await store.head()).toBeDefined();
  });
});

describe('a port that does not speak EventStoreDB', () => {
  it('P9 is given up by the connect probe', async () => {
    const silent = await silentServer();
    const { connectionString } = silent;
    const connecting = EventStoreDbEventStore.connect({
      connectionString,
      connectTimeoutMs: 300,
      readTimeoutMs: 600_000,
      settleTimeoutMs: 200,
    });
    await expect(connecting).rejects.toBeInstanceOf(EventStoreUnavailable);
    silent.stop();
  });

  it('P10 is refused when nobody listens', async () => {
    const connecting = EventStoreDbEventStore.connect({ connectionString: 'esdb://127.0.0.1:9?tls=false' });
    await expect(connecting).rejects.toBeInstanceOf(EventStoreUnavailable);
  });
});

describe.each<FakeProfile>(['legacy', 'modern'])('a %s store in which nothing matches', (profile) => {
  it('R13 catches up, and its checkpoint reaches the head', async () => {
    const { store } = await openStore({}, { profile });
    const { position } = await store.append('other-1', 'no-stream', newEvents(40));
    const reader = read(store, { streamPrefixes: [newCategory()] });
    await reader.caughtUp();
    expect(reader.position).toEqual(position);
  });

  it('R13 catches up while it is empty', async () => {
    const { store } = await openStore({}, { profile });
    const reader = read(store);
    await reader.caughtUp();
    expect(reader.position).toBeUndefined();
  });

  it('moves the checkpoint of a subscription that is idle', async () => {
    const { store } = await openStore({}, { profile });
    const reader = read(store, { streamPrefixes: [newCategory()] });
    await reader.caughtUp();
    const { position } = await store.append('other-1', 'no-stream', newEvents(40));
    await reader.until(() => !!reader.position && comparePositions(reader.position, position) === 0);
  });

  it('R13 catches up although the server never says so', async () => {
    const { store, server } = await openStore({}, { profile });
    server.faults.noCaughtUp = true;
    await store.append('other-1', 'no-stream', newEvents(3));
    await read(store, { streamPrefixes: [newCategory()] }).caughtUp();
  });
});

describe('a server that talks nonsense', () => {
  it('R11 is not believed when its checkpoint lies beyond any log', async () => {
    const { store, server, stream } = await openStore();
    server.faults.bogusCheckpoint = 2n ** 64n - 1n;
    const { position } = await store.append(stream, 'no-stream', newEvents(2));
    const reader = read(store);
    await reader.caughtUp();
    expect(reader.position).toEqual(position);
    const checkpoints = reader.messages.flatMap((m) => (m.kind === 'checkpoint' ? [m.position.commit] : []));
    expect(checkpoints.filter((commit) => commit > position.commit)).toEqual([]);
  });

  it('is not believed when it ignores the filter', async () => {
    const { store, server } = await openStore();
    server.faults.filterIgnored = true;
    const category = newCategory();
    await store.append('other-1', 'no-stream', newEvents(3));
    await store.append(`${category}1`, 'no-stream', newEvents(1));
    const reader = read(store, { streamPrefixes: [category] });
    await reader.caughtUp();
    expect(reader.ids).toHaveLength(1);
  });
});
