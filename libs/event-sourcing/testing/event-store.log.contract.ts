import { comparePositions } from '@flowledger/event-sourcing';
import type { EventStore, RecordedEvent } from '@flowledger/event-sourcing';
import { collect, idsIn, idsOf, newCategory, newEvent, newEvents } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';

const increasing = (events: readonly RecordedEvent[]): boolean =>
  events.every(
    ({ position }, index) => index === 0 || comparePositions(events[index - 1]!.position, position) < 0,
  );

/** C13, C15 and C24: one order for every reader, filters by prefix, nothing readable before what is earlier. */
export function logContract<Store extends EventStore>({ store }: ContractContext<Store>): void {
  describe('the log', () => {
    /** Five events in three streams, in log order. */
    const written = async (): Promise<{ category: string; events: RecordedEvent[] }> => {
      const category = newCategory();
      for (const stream of ['1', '2', '1', '3', '2']) {
        await store().append(`${category}${stream}`, 'any', [newEvent()]);
      }
      const events = await collect(store().readAll({ streamPrefixes: [category] }));
      expect(events).toHaveLength(5);
      return { category, events };
    };

    it('holds the events of every stream in the order of their appends', async () => {
      const { category, events } = await written();
      expect(events.map(({ stream }) => stream.slice(category.length))).toEqual(['1', '2', '1', '3', '2']);
      expect(increasing(events)).toBe(true);
    });

    it('shows each event as its stream does', async () => {
      const { category, events } = await written();
      const inStream = await collect(store().readStream(`${category}1`));
      expect(inStream).toEqual([events[0], events[2]]);
    });

    it('is read after a position, which is excluded', async () => {
      const { category, events } = await written();
      const after = store().readAll({ from: events[1]!.position, streamPrefixes: [category] });
      expect(await collect(after)).toEqual(events.slice(2));
    });

    it('is read backwards from its end', async () => {
      const { category, events } = await written();
      const backwards = store().readAll({ direction: 'backwards', streamPrefixes: [category] });
      expect(await collect(backwards)).toEqual([...events].reverse());
    });

    it('is read backwards before a position, which is excluded', async () => {
      const { category, events } = await written();
      const before = store().readAll({
        direction: 'backwards',
        from: events[3]!.position,
        maxCount: 2,
        streamPrefixes: [category],
      });
      expect(await collect(before)).toEqual([events[2], events[1]]);
    });

    it('is read up to a count of matching events', async () => {
      const { category, events } = await written();
      expect(await collect(store().readAll({ maxCount: 3, streamPrefixes: [category] }))).toEqual(
        events.slice(0, 3),
      );
    });

    it('is read by prefixes: any of them, each event once', async () => {
      const { category, events } = await written();
      const other = newCategory();
      await store().append(`${other}1`, 'any', [newEvent()]);
      const ids = await idsIn(
        store().readAll({ streamPrefixes: [`${category}1`, category, `${category}3`] }),
      );
      expect(ids).toEqual(idsOf(events));
      expect(await idsIn(store().readAll({ streamPrefixes: [`${category}1`, `${category}3`] }))).toEqual(
        idsOf([events[0]!, events[2]!, events[3]!]),
      );
    });

    it('takes a prefix literally', async () => {
      const { category } = await written();
      for (const prefix of [`${category.slice(0, -1)}_`, `${category.slice(0, -1)}%`, `.${category}`]) {
        expect(await collect(store().readAll({ streamPrefixes: [prefix] }))).toEqual([]);
      }
      expect(await collect(store().readAll({ streamPrefixes: [category.toUpperCase()] }))).toEqual([]);
    });

    it('has a prefix for names beyond the basic plane', async () => {
      const category = `${newCategory()}🛰`;
      await store().append(`${category}\u{10ffff}`, 'any', [newEvent()]);
      await store().append(`${category}流`, 'any', [newEvent()]);
      expect(await collect(store().readAll({ streamPrefixes: [category] }))).toHaveLength(2);
    });

    it('never shows a system stream', async () => {
      await written();
      const streams = (await collect(store().readAll())).map(({ stream }) => stream);
      expect(streams.filter((stream) => stream.startsWith('$'))).toEqual([]);
    });

    it('has a head at or behind the last append', async () => {
      const category = newCategory();
      const { position } = await store().append(`${category}1`, 'no-stream', newEvents(2));
      expect(comparePositions((await store().head())!, position)).toBeGreaterThanOrEqual(0);
    });

    it('can be read after and before its head', async () => {
      const { category, events } = await written();
      const from = (await store().head())!;
      expect(await collect(store().readAll({ from, streamPrefixes: [category] }))).toEqual([]);
      const before = await collect(
        store().readAll({ from: events[4]!.position, direction: 'backwards', streamPrefixes: [category] }),
      );
      expect(before).toHaveLength(4);
    });

    it('makes an event readable only after every earlier one', async () => {
      const category = newCategory();
      const seen: string[][] = [];
      let writing = true;
      const reading = (async () => {
        while (writing) {
          seen.push(await idsIn(store().readAll({ streamPrefixes: [category] })));
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      await Promise.all(
        Array.from({ length: 8 }, async (_, writer) => {
          for (let round = 0; round < 10; round++) {
            await store().append(`${category}${writer}`, 'any', newEvents(2));
          }
        }),
      );
      writing = false;
      await reading;
      const all = await idsIn(store().readAll({ streamPrefixes: [category] }));
      expect(all).toHaveLength(160);
      for (const ids of seen) expect(ids).toEqual(all.slice(0, ids.length));
    });
  });
}
