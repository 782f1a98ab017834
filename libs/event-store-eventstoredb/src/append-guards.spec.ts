import {
  EventStoreUnavailable,
  InvalidAppend,
  streamRevision,
  UnknownOutcome,
  WrongExpectedRevision,
} from '@flowledger/event-sourcing';
import { idsIn, idsOf, newEvent, newEvents, newStream } from '@flowledger/event-sourcing/testing';
import { expectNoUnhandledRejection, storesOnFakes } from '../testing';
import type { AppendFault } from '../testing';

const openStore = storesOnFakes();
expectNoUnhandledRejection();

describe('an append that the server does not answer properly', () => {
  const faults: [string, AppendFault['answer']][] = [
    ['P4 the server ends the batch stream', 'end-stream'],
    ['P5 the server never answers', 'never'],
    ['P15 the server fails the batch stream with INTERNAL', 'fail-stream'],
  ];
  describe.each(faults)('%s', (_, answer) => {
    it.each([true, false])('succeeds once, whether or not it was written (%s)', async (written) => {
      const { store, server, stream } = await openStore();
      const events = newEvents(2);
      server.faults.appends.push({ written, answer });
      expect((await store.append(stream, 'no-stream', events)).revision).toBe(1n);
      expect(await idsIn(store.readStream(stream))).toEqual(idsOf(events));
    });

    it.each(['any', 'stream-exists'] as const)(
      'is found by its ids at %s although the server forgot them',
      async (expected) => {
        const { store, server, stream } = await openStore();
        const [first, second] = newEvents(2);
        await store.append(stream, 'no-stream', [first!]);
        server.faults.appends.push({ written: true, answer });
        const append = store.append(stream, expected, [second!]);
        while (server.log.all.length < 2) await new Promise(setImmediate);
        server.log.restart();
        expect((await append).revision).toBe(1n);
        expect(await idsIn(store.readStream(stream))).toEqual(idsOf([first!, second!]));
      },
    );
  });

  it('takes no neighbour down with it', async () => {
    const { store, server } = await openStore();
    server.faults.appends.push({ written: false, answer: 'never' });
    const streams = Array.from({ length: 20 }, newStream);
    const appends = await Promise.all(
      streams.map((stream) => store.append(stream, 'no-stream', newEvents(2))),
    );
    expect(appends.map(({ revision }) => revision)).toEqual(Array(20).fill(1n));
    expect(server.log.all).toHaveLength(40);
  });

  it('has an unknown outcome once the time is up, and the next one gets a new client', async () => {
    const { store, server, stream } = await openStore({ appendTimeoutMs: 1_000 });
    server.faults.everyAppend = { written: false, answer: 'never' };
    const event = newEvent();
    await expect(store.append(stream, 'no-stream', [event])).rejects.toBeInstanceOf(UnknownOutcome);
    server.faults.everyAppend = undefined;
    expect((await store.append(stream, 'no-stream', [event])).revision).toBe(0n);
    expect(await idsIn(store.readStream(stream))).toEqual([event.id]);
  });

  it('survives an answer that comes after the client was replaced', async () => {
    const { store, server, stream } = await openStore();
    server.faults.appends.push({ written: false, answer: 'late' });
    const events = newEvents(2);
    const { revision } = await store.append(stream, 'no-stream', events);
    server.faults.answerLate();
    await store.append(stream, revision, [newEvent()]);
    expect(await idsIn(store.readStream(stream, { maxCount: 2 }))).toEqual(idsOf(events));
    expect(server.log.all).toHaveLength(3);
  });
});

describe('an append that would wedge the client', () => {
  it.each([
    ['an event id that is not a UUID', 'fine', 'any', newEvent({ id: 'order-1' })],
    ['an empty event type', 'fine', 'any', newEvent({ type: '' })],
    ['an empty stream name', '', 'any', newEvent()],
    ['a revision that no stream reaches', 'fine', streamRevision(2n ** 63n), newEvent()],
    ['P6 data that hold a bigint', 'fine', 'any', newEvent({ data: { bytes: 1n } })],
  ] as const)('is refused before it is sent: %s', async (_, stream, expected, event) => {
    const { store } = await openStore();
    await expect(store.append(stream, expected, [event])).rejects.toBeInstanceOf(InvalidAppend);
    expect((await store.append('next', 'no-stream', [newEvent()])).revision).toBe(0n);
  });

  it('is refused by the server when only the server knows the limit', async () => {
    const { store, stream } = await openStore({}, { maxAppendSize: 100 });
    await expect(store.append(stream, 'any', [newEvent()])).rejects.toBeInstanceOf(InvalidAppend);
  });
});

describe('a server without batch append', () => {
  it('P7 takes appends one call each, under the same timer', async () => {
    const { store, server, stream } = await openStore({}, { batchAppend: false });
    server.faults.appends.push({ written: true, answer: 'never' });
    const events = newEvents(2);
    const { revision } = await store.append(stream, 'no-stream', events);
    await expect(store.append(stream, 'no-stream', [newEvent()])).rejects.toMatchObject({
      constructor: WrongExpectedRevision,
      actual: revision,
    });
    expect(server.log.all).toHaveLength(2);
  });
});

describe('a server that is down', () => {
  it('P10 has written nothing, and says so', async () => {
    const { store, server, stream } = await openStore({ appendTimeoutMs: 600 });
    server.stop();
    await expect(store.append(stream, 'no-stream', [newEvent()])).rejects.toBeInstanceOf(
      EventStoreUnavailable,
    );
    await expect(idsIn(store.readStream(stream))).rejects.toBeInstanceOf(EventStoreUnavailable);
  });

  it('takes the append when it comes back in time', async () => {
    const { store, server, stream } = await openStore();
    await store.append(stream, 'no-stream', [newEvent()]);
    server.stop();
    const append = store.append(stream, 'any', [newEvent()]);
    await server.restart();
    expect((await append).revision).toBe(1n);
  });
});
