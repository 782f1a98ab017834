import { streamRevision, WrongExpectedRevision } from '@flowledger/event-sourcing';
import type { EventStore, ExpectedRevision } from '@flowledger/event-sourcing';
import { collect, idsIn, idsOf, newEvent, newEvents, newStream, whereOffered } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';

/** C4 and C6: with an exact expectation the ids are compared with what is stored behind it. */
export function idempotencyContract<Store extends EventStore>(context: ContractContext<Store>): void {
  const { store } = context;

  describe.each<[string, number]>([
    ['a repeated append to a new stream', 0],
    ['a repeated append at a revision', 2],
  ])('%s', (_, before) => {
    const expected: ExpectedRevision = before === 0 ? 'no-stream' : streamRevision(before - 1);
    const written = async (count: number) => {
      const stream = newStream();
      if (before > 0) await store().append(stream, 'no-stream', newEvents(before));
      const events = newEvents(count);
      const original = await store().append(stream, expected, events);
      return { stream, events, original };
    };

    it('answers with the original revision and position, and writes nothing', async () => {
      const { stream, events, original } = await written(3);
      expect(await store().append(stream, expected, events)).toEqual(original);
      expect(await collect(store().readStream(stream))).toHaveLength(before + 3);
    });

    it('answers so after others have written behind it', async () => {
      const { stream, events, original } = await written(2);
      await store().append(stream, original.revision, newEvents(3));
      expect(await store().append(stream, expected, events)).toEqual(original);
      expect(await collect(store().readStream(stream))).toHaveLength(before + 5);
    });

    it('answers for the beginning of what was written', async () => {
      const { stream, events } = await written(3);
      const { revision } = await store().append(stream, expected, events.slice(0, 2));
      expect(revision).toBe(streamRevision(before + 1));
    });

    it.each<[string, (ids: ReturnType<typeof newEvents>) => ReturnType<typeof newEvents>]>([
      ['the first event is another one', (events) => [newEvent(), ...events.slice(1)]],
      ['a later event is another one', (events) => [...events.slice(0, 2), newEvent()]],
      ['it goes on longer', (events) => [...events, newEvent()]],
      ['its events changed places', (events) => [...events].reverse()],
    ])('is refused when %s', async (_case, changed) => {
      const { stream, events, original } = await written(3);
      const repeated = await store()
        .append(stream, expected, changed(events))
        .catch((error: unknown) => error);
      expect(repeated).toBeInstanceOf(WrongExpectedRevision);
      expect(repeated).toMatchObject({ actual: original.revision });
      expect(await idsIn(store().readStream(stream, { from: streamRevision(before) }))).toEqual(
        idsOf(events),
      );
    });

    it('is recognised after a restart', async () => {
      const { stream, events, original } = await written(2);
      const reopened = await context.restart();
      expect(await reopened.append(stream, expected, events)).toEqual(original);
    });

    it('is recognised while the first one is still on its way', async () => {
      const stream = newStream();
      if (before > 0) await store().append(stream, 'no-stream', newEvents(before));
      const events = newEvents(2);
      const [first, second] = await Promise.all([
        store().append(stream, expected, events),
        store().append(stream, expected, events),
      ]);
      expect(second).toEqual(first);
      expect(await collect(store().readStream(stream))).toHaveLength(before + 2);
    });
  });

  describe('an event id that the stream already holds', () => {
    it('is written again at the current revision', async () => {
      const stream = newStream();
      const event = newEvent();
      const { revision } = await store().append(stream, 'no-stream', [event]);
      expect((await store().append(stream, revision, [event])).revision).toBe(streamRevision(1));
      expect(await idsIn(store().readStream(stream))).toEqual([event.id, event.id]);
    });

    it('is written in another stream', async () => {
      const [one, other] = [newStream(), newStream()];
      const event = newEvent();
      await store().append(one, 'no-stream', [event]);
      await store().append(other, 'no-stream', [event]);
      expect(await idsIn(store().readStream(other))).toEqual([event.id]);
    });
  });
}

/** C5: without an exact expectation the stream's known ids decide. */
export function weakIdempotencyContract<Store extends EventStore>(context: ContractContext<Store>): void {
  const { store } = context;

  describe.each<ExpectedRevision>(['any', 'stream-exists'])('a repeated append at %s', (expected) => {
    const written = async (count: number) => {
      const stream = newStream();
      const { revision } = await store().append(stream, 'no-stream', newEvents(1));
      const events = newEvents(count);
      const original = await store().append(stream, expected, events);
      expect(original.revision).toBe(revision + BigInt(count));
      return { stream, events, original };
    };

    it('answers with the original result when every id is known', async () => {
      const { stream, events, original } = await written(3);
      expect(await store().append(stream, expected, events)).toEqual(original);
      expect(await collect(store().readStream(stream))).toHaveLength(4);
    });

    it('is refused when the first id is known and a later one is not', async () => {
      const { stream, events } = await written(2);
      await expect(store().append(stream, expected, [...events, newEvent()])).rejects.toBeInstanceOf(
        WrongExpectedRevision,
      );
      expect(await collect(store().readStream(stream))).toHaveLength(3);
    });

    it('is written whole when the first id is unknown', async () => {
      const { stream, events } = await written(2);
      await store().append(stream, expected, [newEvent(), ...events]);
      expect(await collect(store().readStream(stream))).toHaveLength(6);
    });

    it('is written in another stream', async () => {
      const { events } = await written(1);
      const other = newStream();
      await store().append(other, 'no-stream', newEvents(1));
      await store().append(other, expected, events);
      expect(await collect(store().readStream(other))).toHaveLength(2);
    });

    whereOffered(context.harness.weakIdempotencySurvivesRestart, 'a restarted server', (survives) => {
      it(`is ${survives ? 'recognised' : 'written twice'} after a restart`, async () => {
        const { stream, events } = await written(1);
        await (await context.restart()).append(stream, expected, events);
        expect(await collect(store().readStream(stream))).toHaveLength(survives ? 2 : 3);
      });
    });
  });
}
