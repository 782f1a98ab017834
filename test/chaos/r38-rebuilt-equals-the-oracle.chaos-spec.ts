import { collect, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { Generations } from './support/generations';
import { spelled, spelling, words } from './support/spelling';
import type { Word } from './support/spelling';
import { tallies, tallyOf } from './support/tally';
import { written } from './support/written';

chaosCase(
  'R38',
  'a rebuilt generation is byte-equal to a fold from zero, and no projection leaks into another',
  everyPair,
  (open) => {
    it('while events go on arriving, with two projections of the same streams', async () => {
      const stores = await open();
      const { category, events, readModels } = stores;
      const generations = await Generations.start(stores, [spelling(category), tallyOf(category)]);
      await written(stores, { streams: 30, each: 20, perAppend: 4 });
      const more = Promise.all(
        Array.from({ length: 30 }, (_, n) => events.append(`${category}${n}`, 'any', newEvents(3))),
      );
      const generation = await generations.rebuilt();
      await more;
      await generations.served();
      const comparison = await generations.operator.compare(generation);
      expect(comparison).toMatchObject({ differing: 0, unsettled: 0 });
      const oracle = spelled(await collect(events.readAll({ streamPrefixes: [category] })));
      for (const readModel of [words, { ...words, generation }]) {
        const found = await readModels.scan(readModel, { limit: 1_000 });
        expect(JSON.stringify(found.map(({ id, document }) => [id, document as Word]))).toBe(
          JSON.stringify([...oracle].sort(([a], [b]) => (a < b ? -1 : 1))),
        );
      }
      const counted = await readModels.scan({ ...tallies, generation }, { limit: 1_000 });
      expect(counted.map(({ document }) => document)).toEqual(
        [...oracle.keys()].sort().map((stream) => ({ stream, count: 23, outOfOrder: 0 })),
      );
    });

    it('and a document that differs is named', async () => {
      const stores = await open();
      const { category, readModels } = stores;
      const generations = await Generations.start(stores, [spelling(category)]);
      const [stream] = await written(stores, { streams: 3, each: 2 });
      await generations.served();
      const generation = await generations.rebuilt();
      const [wrong] = await readModels.scan({ ...words, generation }, { limit: 1 });
      await readModels.commit({
        consumer: 'somebody',
        writes: [
          {
            readModel: { ...words, generation },
            accountId: wrong!.accountId,
            id: stream!,
            document: { letters: [] },
          },
        ],
      });
      const comparison = await generations.operator.compare(generation);
      expect(comparison.differing).toBe(1);
      expect(comparison.differences[0]).toMatchObject({ id: stream, candidate: { letters: [] } });
    });
  },
);
