import { collect, eventStoreContract, newEvents, newStream } from '@flowledger/event-sourcing/testing';
import { idsIn, idsOf, newEvent } from '@flowledger/event-sourcing/testing';
import { EventStoreUnavailable } from '@flowledger/event-sourcing';
import { expectNoUnhandledRejection } from '../../testing/unhandled-rejections';
import { FakeProcess } from '../../testing/fake-process';
import { EventStoreDbEventStore } from '../event-store-db-event-store';
import type { EventStoreDbOptions } from '../event-store-db-options';
import { ClientsCollide } from './load-client';

const connectTo = ({ connectionString }: FakeProcess, options: Partial<EventStoreDbOptions> = {}) =>
  EventStoreDbEventStore.connect({ connectionString, client: 'kurrent', catchUpProbeMs: 200, ...options });

expectNoUnhandledRejection();

describe('the kurrent client on a modern server', () => {
  const profile = 'modern';
  let fake: FakeProcess;
  beforeAll(async () => (fake = await FakeProcess.start({ profile })));
  afterAll(() => fake.kill());

  eventStoreContract<EventStoreDbEventStore>('KurrentDB client, modern fake', {
    open: async () => {
      await fake.startEmpty({ profile });
      return connectTo(fake);
    },
    reopen: async (store) => {
      await store.close();
      await fake.order('restart');
      return connectTo(fake);
    },
    weakIdempotencySurvivesRestart: false,
    states: {
      setMetadata: (_, stream, { maxCount, truncateBefore }) =>
        fake.order('setMetadata', stream, { $maxCount: maxCount, $tb: truncateBefore }),
      softDelete: (_, stream) => fake.order('softDelete', stream),
      tombstone: (_, stream) => fake.order('tombstone', stream),
      appendForeign: (_, stream, type, data) => fake.order('appendForeign', stream, type, data),
    },
    drop: () => fake.order('drop'),
    snapshot: async (store) => {
      const length = await fake.order('length');
      return async () => {
        await store.close();
        await fake.order('restoreTo', length);
        await fake.order('restart');
        return connectTo(fake);
      };
    },
  });
});

describe('the kurrent client', () => {
  let fake: FakeProcess;
  let store: EventStoreDbEventStore;
  beforeEach(async () => {
    fake = await FakeProcess.start();
    store = await connectTo(fake, {
      appendAttemptTimeoutMs: 400,
      settleTimeoutMs: 200,
      readTimeoutMs: 1_000,
    });
  });
  afterEach(async () => {
    await store.close();
    fake.kill();
  });

  it.each(['end-stream', 'never', 'fail-stream', 'late'] as const)(
    'appends once although the server answers with: %s',
    async (answer) => {
      const stream = newStream();
      const events = newEvents(2);
      await fake.order('failAppends', { written: true, answer });
      expect((await store.append(stream, 'no-stream', events)).revision).toBe(1n);
      await fake.order('answerLate');
      expect(await idsIn(store.readStream(stream))).toEqual(idsOf(events));
    },
  );

  it('reads again after a client whose first read met a server that was down', async () => {
    const stream = newStream();
    const events = [newEvent()];
    await store.append(stream, 'no-stream', events);
    await fake.order('setFaults', { readsHang: true });
    await expect(store.head()).rejects.toBeInstanceOf(EventStoreUnavailable);
    expect(store.status.clientsReplaced).toBe(1);
    await fake.order('stop');
    await expect(store.head()).rejects.toBeInstanceOf(EventStoreUnavailable);
    await fake.order('setFaults', { readsHang: false });
    await fake.order('restart');
    for (;;) {
      const read = await collect(store.readStream(stream)).catch(() => undefined);
      if (read) {
        expect(idsOf(read)).toEqual(idsOf(events));
        return;
      }
    }
  });

  it('keeps the milliseconds of the recorded time, in a read as in a subscription', async () => {
    const stream = newStream();
    const recorded = new Set<string>();
    for (let round = 0; round < 5; round++) await store.append(stream, 'any', [newEvent()]);
    for await (const { recordedAt } of store.readStream(stream)) recorded.add(recordedAt.slice(-4));
    expect([...recorded].some((milliseconds) => milliseconds !== '000Z')).toBe(true);
    for await (const message of store.subscribe({ streamPrefixes: [stream] })) {
      if (message.kind !== 'events') continue;
      for (const { recordedAt } of message.events) expect(recorded).toContain(recordedAt.slice(-4));
      break;
    }
  });

  it('shares its process with no other', async () => {
    const { connectionString } = fake;
    const other = EventStoreDbEventStore.connect({ connectionString, client: 'eventstore' });
    await expect(other).rejects.toBeInstanceOf(ClientsCollide);
  });
});
