import fc from 'fast-check';
import { comparePositions } from '@flowledger/event-sourcing';
import { collect, newCategory, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { observed } from './support/observed';
import { everyPair } from './support/everywhere';
import { ShippingOf } from './support/shipping-of';
import { RunningTally } from './support/tally';
import { until } from './support/watched';

chaosCase(
  'R16',
  'whatever the order of acknowledgements, the checkpoint is the end of what is acknowledged without a gap; ignored events count',
  everyPair,
  (open) => {
    it('process managers: effects of many instances that end in any order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (order) => {
          const stores = await open();
          const desk = await ShippingOf.open(stores);
          await desk.order(...order.map((_, n) => `${n}`));
          await desk.start();
          await until(() => desk.pending.size === order.length);
          for (const instance of order) {
            const stuck = [...desk.pending.keys()];
            const firstOpen = (
              await Promise.all(stuck.map(async (each) => (await desk.stream(each))[0]!.position))
            ).sort(comparePositions)[0]!;
            const reached = await desk.checkpoint();
            if (reached) expect(comparePositions(reached, firstOpen)).toBeLessThan(0);
            desk.pending.get(`${instance}`)!();
          }
          await desk.settled();
          expect(desk.effects.map(({ order: name }) => name).sort()).toEqual(order.map(String).sort());
          await desk.stop();
        }),
        { numRuns: 4, endOnFailure: true },
      );
    });

    it('projections: no checkpoint passes an event whose document is not stored; ignored ones are passed', async () => {
      const stores = await open();
      const { category, events } = stores;
      const watchedStore = observed(stores.readModels, () => new Promise((resolve) => setImmediate(resolve)));
      const tally = await RunningTally.start({ ...stores, readModels: watchedStore.readModels });
      for (let n = 0; n < 30; n++) {
        await events.append(`${n % 3 === 0 ? newCategory() : category}${n % 4}`, 'any', newEvents(2));
      }
      await tally.upToDate();
      const log = await collect(events.readAll({ streamPrefixes: [category] }));
      const stored = new Map<string, bigint>();
      for (const { writes, checkpoint } of watchedStore.commits) {
        for (const { id, position } of writes) if (position) stored.set(id, position.commit);
        if (!checkpoint) continue;
        for (const { stream, position } of log) {
          if (comparePositions(position, checkpoint.position) > 0) break;
          expect(stored.get(stream) ?? -1n).toBeGreaterThanOrEqual(position.commit);
        }
      }
      await events.append(`${newCategory()}1`, 'any', newEvents(5));
      await tally.upToDate();
    });
  },
);
