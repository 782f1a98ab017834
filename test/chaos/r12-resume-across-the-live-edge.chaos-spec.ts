import {
  collect,
  idsOf,
  newCategory,
  newEvent,
  SubscriptionReader,
} from '@flowledger/event-sourcing/testing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { everyLog } from './support/everywhere';
import { expectToResumeAt, placesOf } from './support/resumed';
import { written } from './support/written';

const rounds = 8;

chaosCase(
  'R12',
  'a subscription that goes live while appends race it misses none, whatever checkpoint it resumes at',
  everyLog,
  (open) => {
    it(`in each of ${rounds} races`, async () => {
      const { events } = await open();
      for (let round = 0; round < rounds; round++) {
        const category = newCategory();
        await written({ events, category }, { streams: 3, each: 20 * round, perAppend: 7 });
        const noise = written({ events, category: newCategory() }, { streams: 2, each: 60, perAppend: 3 });
        const racing = Promise.all(
          Array.from({ length: 60 }, (_, n) => events.append(`${category}r${n % 9}`, 'any', [newEvent()])),
        );
        const reader = new SubscriptionReader(events, { streamPrefixes: [category] });
        afterThisTest(() => reader.stop());
        await Promise.all([racing, noise]);
        const log = await collect(events.readAll({ streamPrefixes: [category] }));
        await reader.received(log.length);
        await reader.caughtUp();
        await reader.stop();
        expect(reader.ids).toEqual(idsOf(log));
        const places = placesOf(reader);
        const some = places.filter((_, index) => index % Math.ceil(places.length / 8) === 0);
        await expectToResumeAt([...some, places.at(-1)!], events, category);
      }
    });
  },
);
