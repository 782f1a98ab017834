import { newCategory, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { Counted } from './support/counted';
import { everyPair } from './support/everywhere';
import { RunningTally } from './support/tally';

chaosCase(
  'R13',
  'empty, small and unmatched stores become ready, and a restart reads nothing again',
  everyPair,
  (open) => {
    /** Starts twice and gives the events that the second life was handed. */
    const readAgain = async (stores: Awaited<ReturnType<typeof open>>): Promise<number> => {
      const first = await RunningTally.start(stores);
      await first.ready();
      await first.upToDate();
      await first.stop();
      const events = new Counted(stores.events);
      const second = await RunningTally.start({ ...stores, events });
      await second.ready();
      await second.upToDate();
      return events.handedOver;
    };

    it('an empty store', async () => expect(await readAgain(await open())).toBe(0));

    it('a store smaller than the checkpoint interval', async () => {
      const stores = await open();
      await stores.events.append(`${stores.category}1`, 'no-stream', newEvents(3));
      expect(await readAgain(stores)).toBe(0);
    });

    it('a store in which nothing matches', async () => {
      const stores = await open();
      await stores.events.append(`${newCategory()}1`, 'no-stream', newEvents(40));
      expect(await readAgain(stores)).toBe(0);
    });
  },
);
