import type { SubscribeOptions } from '@flowledger/event-sourcing';
import { chaosCase } from './frame/chaos-case';
import { Around } from './support/around';
import { Counted } from './support/counted';
import { everyPair } from './support/everywhere';
import { RunningTally } from './support/tally';
import { written } from './support/written';

/** Forgets where its subscriber stands: hands over everything from the beginning. */
class Forgetful extends Around {
  override subscribe(options: SubscribeOptions = {}) {
    const { after: _, ...rest } = options;
    return this.inner.subscribe(rest);
  }
}

chaosCase(
  'R19',
  'a server that lost or rewound a checkpoint redelivers, and nothing of it shows',
  everyPair,
  (open) => {
    it('folds nothing twice when everything comes again', async () => {
      const stores = await open();
      const streams = await written(stores, { streams: 5, each: 40, perAppend: 10 });
      const first = await RunningTally.start(stores);
      await first.ready();
      await first.upToDate();
      await first.stop();
      const events = new Counted(new Forgetful(stores.events));
      const second = await RunningTally.start({ ...stores, events });
      await events.until(200);
      await second.upToDate();
      await second.stop();
      for (const stream of streams)
        expect(await second.of(stream)).toMatchObject({ count: 40, outOfOrder: 0 });
      const third = await RunningTally.start(stores);
      await third.ready();
      expect(third.failures).toEqual([]);
    });
  },
);
