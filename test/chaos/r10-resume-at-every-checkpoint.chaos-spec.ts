import { logPosition } from '@flowledger/event-sourcing';
import { newCategory, newEvent, newEvents, SubscriptionReader } from '@flowledger/event-sourcing/testing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { expectToResumeAt, placesOf } from './support/resumed';

chaosCase(
  'R10',
  'whoever resumes at any checkpoint ever issued misses nothing, and both halves of it are kept',
  everyPair,
  (open) => {
    it('resumes at each checkpoint of a sparse filter', async () => {
      const { events, category } = await open();
      const other = newCategory();
      for (let round = 0; round < 20; round++) {
        await events.append(`${other}1`, 'any', newEvents(100));
        await events.append(`${category}1`, 'any', [newEvent()]);
      }
      const reader = new SubscriptionReader(events, { streamPrefixes: [category] });
      afterThisTest(() => reader.stop());
      await reader.received(20);
      await reader.caughtUp();
      expect(placesOf(reader).length).toBeGreaterThan(0);
      await expectToResumeAt(placesOf(reader), events, category);
    });

    it('keeps commit and prepare beyond 2^53', async () => {
      const { readModels } = await open();
      const position = logPosition(2n ** 61n + 1n, 2n ** 60n + 1n);
      await readModels.commit({ consumer: 'r10', writes: [], checkpoint: { position } });
      expect((await readModels.checkpoint('r10'))?.position).toEqual(position);
    });
  },
);
