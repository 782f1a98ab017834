import { InvalidAppend, maxEventBytes, maxEventsPerAppend } from '@flowledger/event-sourcing';
import type { EventStore, NewEvent } from '@flowledger/event-sourcing';
import { collect, idsIn, idsOf, newCategory, newEvent, newEvents, newStream } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';

const tooLarge = (): NewEvent => newEvent({ data: 'x'.repeat(maxEventBytes) });

const invalid: [string, () => NewEvent[]][] = [
  ['no events', () => []],
  ['more events than one append takes', () => newEvents(maxEventsPerAppend + 1)],
  ['an event that is too large', () => [newEvent(), tooLarge()]],
  ['too many bytes together', () => Array.from({ length: 18 }, () => newEvent({ data: 'x'.repeat(60_000) }))],
  ['an id that is not a UUID', () => [newEvent(), newEvent({ id: '1' })]],
  ['an empty type', () => [newEvent(), newEvent({ type: '' })]],
  ['data that JSON cannot hold', () => [newEvent(), newEvent({ data: { count: 1n } })]],
];

/** C7 and C8: all or nothing, and nothing at all when the append could not be stored. */
export function atomicityContract<Store extends EventStore>({ store }: ContractContext<Store>): void {
  describe('an append of several events', () => {
    it('is stored as one, in its order', async () => {
      const stream = newStream();
      const events = newEvents(50);
      await store().append(stream, 'no-stream', events);
      expect(await idsIn(store().readStream(stream))).toEqual(idsOf(events));
    });

    it('takes the largest number of events', async () => {
      const stream = newStream();
      await store().append(stream, 'no-stream', newEvents(maxEventsPerAppend));
      expect(await collect(store().readStream(stream))).toHaveLength(maxEventsPerAppend);
    });

    it('is never mixed with another append to the same stream', async () => {
      const stream = newStream();
      const batches = Array.from({ length: 20 }, () => newEvents(3));
      await Promise.all(batches.map((events) => store().append(stream, 'any', events)));
      const ids = await idsIn(store().readStream(stream));
      const read = Array.from({ length: 20 }, (_, index) => ids.slice(index * 3, index * 3 + 3).join());
      expect(new Set(read)).toEqual(new Set(batches.map((events) => idsOf(events).join())));
    });

    it('leaves other appends alone when it is refused', async () => {
      const category = newCategory();
      await store().append(`${category}1`, 'no-stream', [newEvent()]);
      const outcomes = await Promise.allSettled([
        store().append(`${category}2`, 'no-stream', newEvents(2)),
        store().append(`${category}1`, 'no-stream', newEvents(2)),
        store().append(`${category}3`, 'no-stream', newEvents(2)),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await collect(store().readAll({ streamPrefixes: [category] }))).toHaveLength(5);
    });
  });

  describe('an append that no store can hold', () => {
    it.each(invalid)('is refused for %s, and nothing is written', async (_, events) => {
      const stream = newStream();
      await expect(store().append(stream, 'any', events())).rejects.toBeInstanceOf(InvalidAppend);
      expect(await collect(store().readStream(stream))).toEqual([]);
    });

    it.each([
      ['without a name', ''],
      ['that belongs to the store', '$settings'],
    ])('is refused for a stream %s', async (_, stream) => {
      await expect(store().append(stream, 'any', [newEvent()])).rejects.toBeInstanceOf(InvalidAppend);
    });

    it('does not harm the appends after it', async () => {
      const stream = newStream();
      await store()
        .append(stream, 'no-stream', [newEvent({ id: '1' })])
        .catch(() => undefined);
      expect((await store().append(stream, 'no-stream', [newEvent()])).revision).toBe(0n);
    });
  });
}
