import { setTimeout as pause } from 'node:timers/promises';
import { newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { observed } from './support/observed';
import { RunningTally } from './support/tally';
import { written } from './support/written';

chaosCase(
  'R21',
  'a slow handler is awaited: one commit at a time, and each stream in order',
  everyPair,
  (open) => {
    it('catching up and live', async () => {
      const stores = await open();
      const slow = observed(stores.readModels, () => pause(Math.random() * 20));
      const streams = await written(stores, { streams: 4, each: 150, perAppend: 30 });
      const tally = await RunningTally.start({ ...stores, readModels: slow.readModels });
      await tally.ready();
      await Promise.all(
        streams.map(async (stream) => {
          for (let n = 0; n < 10; n++) await stores.events.append(stream, 'any', newEvents(2));
        }),
      );
      await tally.upToDate();
      for (const stream of streams)
        expect(await tally.of(stream)).toMatchObject({ count: 170, outOfOrder: 0 });
      expect(slow.commits.length).toBeGreaterThan(1);
      expect(slow.mostAtOnce()).toBe(1);
    });
  },
);
