import { performance } from 'node:perf_hooks';
import { HeadProbe } from '@flowledger/event-sourcing';
import { newEvents } from '@flowledger/event-sourcing/testing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import type { Stores } from './support/stores';
import { RunningTally } from './support/tally';

chaosCase(
  'R14',
  'the lag in seconds comes from our own probe of the head: right within one look while idle, busy and stuck',
  everyPair,
  (open) => {
    const probing = async (stores: Stores) => {
      const probe = new HeadProbe(stores.events, 50);
      afterThisTest(() => probe.stop());
      probe.start();
      const looks = (count: number): Promise<void> =>
        new Promise((resolve) => {
          const forget = probe.onLook(() => {
            if (--count > 0) return;
            forget();
            resolve();
          });
        });
      return { probe, looks };
    };

    it('none while idle, however long', async () => {
      const stores = await open();
      await stores.events.append(`${stores.category}1`, 'no-stream', newEvents(3));
      const tally = await RunningTally.start(stores);
      const { probe, looks } = await probing(stores);
      await tally.upToDate();
      for (let n = 0; n < 5; n++) {
        await looks(2);
        expect(probe.lagOf(tally.runner.position)).toBe(0);
      }
    });

    it('never more while busy than since the event that is waited for', async () => {
      const stores = await open();
      const tally = await RunningTally.start(stores);
      const { probe } = await probing(stores);
      for (let n = 0; n < 50; n++) {
        const before = performance.now();
        await stores.events.append(`${stores.category}1`, 'any', newEvents(1));
        await tally.upToDate();
        const lag = probe.lagOf(tally.runner.position);
        expect(lag).toBeLessThanOrEqual(performance.now() - before);
      }
    });

    it('while stuck as long as it has been stuck, but for the look that first saw it', async () => {
      const stores = await open();
      await stores.events.append(`${stores.category}1`, 'no-stream', newEvents(3));
      const tally = await RunningTally.start(stores);
      await tally.ready();
      await tally.upToDate();
      await tally.stop();
      const { probe, looks } = await probing(stores);
      await looks(1);
      const before = performance.now();
      await stores.events.append(`${stores.category}1`, 'any', newEvents(1));
      // The first look may have begun before the append; the second saw it.
      await looks(2);
      const seen = performance.now();
      await looks(5);
      const { position } = tally.runner;
      const now = performance.now();
      const lag = probe.lagOf(position);
      expect(lag).toBeGreaterThanOrEqual(now - seen);
      expect(lag).toBeLessThanOrEqual(performance.now() - before);
    });
  },
);
