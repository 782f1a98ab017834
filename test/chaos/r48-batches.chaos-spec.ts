import fc from 'fast-check';
import { comparePositions } from '@flowledger/event-sourcing';
import { collect, newEvents } from '@flowledger/event-sourcing/testing';
import { cleanedUp } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { observed } from './support/observed';
import { RunningTally, tallyOf } from './support/tally';
import type { Tally } from './support/tally';

const history = fc.array(
  fc.record({ stream: fc.integer({ min: 0, max: 6 }), count: fc.integer({ min: 1, max: 40 }) }),
  {
    minLength: 1,
    maxLength: 25,
  },
);

chaosCase(
  'R48',
  'a batch is the fold of each document in one commit, under a checkpoint without gaps',
  everyPair,
  (open) => {
    it('for any history: what one event at a time gives, in fewer commits', async () => {
      const law = fc.asyncProperty(history, async (appends) => {
        const stores = await open();
        const { events, category } = stores;
        for (const { stream, count } of appends)
          await events.append(`${category}${stream}`, 'any', newEvents(count));
        const watched = observed(stores.readModels);
        const tally = await RunningTally.start({ ...stores, readModels: watched.readModels });
        await tally.ready();
        await tally.upToDate();

        const log = await collect(events.readAll({ streamPrefixes: [category] }));
        const projection = tallyOf(category);
        const oneByOne = new Map<string, Tally | undefined>();
        for (const event of log)
          oneByOne.set(event.stream, projection.evolve(oneByOne.get(event.stream), event, event.stream));
        for (const [stream, expected] of oneByOne) expect(await tally.of(stream)).toEqual(expected);

        const checkpoints = watched.commits.flatMap(({ checkpoint }) =>
          checkpoint ? [checkpoint.position] : [],
        );
        expect(checkpoints).toEqual([...checkpoints].sort(comparePositions));
        expect(watched.commits.length).toBeLessThan(Math.max(4, log.length));
        let from = 0;
        for (const { writes, checkpoint } of watched.commits) {
          if (!checkpoint) continue;
          const batch = log
            .slice(from)
            .filter(({ position }) => comparePositions(position, checkpoint.position) <= 0);
          const touched = new Set(batch.map(({ stream }) => stream));
          expect(new Set(writes.map(({ id }) => id))).toEqual(touched);
          expect(writes).toHaveLength(touched.size);
          from += batch.length;
        }
        expect(from).toBe(log.length);
        await cleanedUp();
      });
      await fc.assert(law, { numRuns: 15 });
    });
  },
);
