import { newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { RunningTally } from './support/tally';
import { until, watched } from './support/watched';

chaosCase(
  'R6',
  'a head probe that died turns health red by its age alone, although nothing lags',
  everyPair,
  (open) => {
    it('and green again when it goes on', async () => {
      const stores = await open();
      await stores.events.append(`${stores.category}1`, 'no-stream', newEvents(3));
      const tally = await RunningTally.start(stores);
      await tally.ready();
      const { monitor, probe, red } = await watched(stores);
      await until(() => red().length === 0);
      await probe.stop();
      await until(() => red().length > 0);
      expect(red()).toEqual(['head-probe-age']);
      expect(monitor.signals().consumers).toEqual([expect.objectContaining({ lagSeconds: 0 })]);
      probe.start();
      await until(() => red().length === 0);
    });
  },
);
