import { InvalidAppend, maxAppendBytes, maxEventBytes, maxEventsPerAppend } from '@flowledger/event-sourcing';
import type { NewEvent } from '@flowledger/event-sourcing';
import { collect, newEvent, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyLog } from './support/everywhere';

const large = (bytes: number): NewEvent => newEvent({ data: { text: 'x'.repeat(bytes) } });
const tooLarge: [string, NewEvent[]][] = [
  ['an event of 64 KiB', [large(maxEventBytes)]],
  ['500 events of more than 1 MiB together', Array.from({ length: 500 }, () => large(maxAppendBytes / 490))],
  ['501 events', newEvents(maxEventsPerAppend + 1)],
];

chaosCase(
  'R45',
  'what is too large is refused with a type before it is sent, and nothing of it is written',
  everyLog,
  (open) => {
    it.each(tooLarge)('%s', async (_, events) => {
      const stores = await open();
      const stream = `${stores.category}1`;
      await expect(stores.events.append(stream, 'no-stream', events)).rejects.toBeInstanceOf(InvalidAppend);
      expect(await collect(stores.events.readStream(stream))).toEqual([]);
      await stores.events.append(stream, 'no-stream', [large(maxEventBytes - 2_000)]);
      await stores.events.close();
      // A closed store can send nothing.
      await expect(stores.events.append(stream, 'any', events)).rejects.toBeInstanceOf(InvalidAppend);
    });
  },
);
