import { collect, idsOf, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { Generations } from './support/generations';
import { tallyOf } from './support/tally';
import { until } from './support/watched';

chaosCase(
  'R34',
  'up to and including N an event is old: a journal of effects shows no repeat and no omission around a switch',
  everyPair,
  (open) => {
    it('switches to a new generation and back under load', async () => {
      const stores = await open();
      const { category, events } = stores;
      await events.append(`${category}0`, 'no-stream', newEvents(50));
      const generations = await Generations.start(stores, [tallyOf(category)]);
      await generations.served();
      const journal: string[] = [];
      generations.worker.onCommitted((committed) => journal.push(...idsOf(committed)));
      let busy = true;
      let appended = 0;
      const load = (async () => {
        while (busy) {
          await events.append(`${category}${appended % 5}`, 'any', newEvents(1 + (appended % 3)));
          appended += 1;
        }
      })();
      const underLoad = (more: number) =>
        until(
          (
            (from) => () =>
              appended >= from + more
          )(appended),
        );
      const generation = await generations.rebuilt();
      for (let round = 0; round < 3; round++) {
        await underLoad(5);
        await generations.operator.switchTo(generation);
        await generations.serves(generation);
        await underLoad(5);
        await generations.serves(await generations.operator.rollBack());
      }
      busy = false;
      await load;
      await generations.served();
      const log = await collect(events.readAll({ streamPrefixes: [category] }));
      await until(() => journal.length >= log.length - 50);
      expect(journal).toEqual(idsOf(log.slice(50)));
    });
  },
);
