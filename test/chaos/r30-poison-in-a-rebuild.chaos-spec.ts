import { parkedEvents } from '@flowledger/event-sourcing';
import type { ParkedEvent } from '@flowledger/event-sourcing';
import { newEvents } from '@flowledger/event-sourcing/testing';
import { GenerationRefused } from '@flowledger/projection-generations';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { Generations } from './support/generations';
import { spelling, words } from './support/spelling';
import { account } from './support/tally';

chaosCase(
  'R30',
  'live parks and goes on; a rebuild reports every failure, is not switched to, and the old generation serves on',
  everyPair,
  (open) => {
    it('three poison events of a rebuild, two in one stream', async () => {
      const stores = await open();
      const { category, events, readModels } = stores;
      const poison = new Set<string>();
      const generations = await Generations.start(stores, [spelling(category, poison)]);
      const streams = ['A', 'B', 'C'].map((name) => `${category}${name}`);
      const appended = newEvents(4);
      for (const stream of streams.slice(1)) await events.append(stream, 'no-stream', newEvents(4));
      await events.append(streams[0]!, 'no-stream', appended);
      await generations.served();

      // What folded well so far does not with the code of the rebuild.
      const second = (await firstOf(events, streams[1]!)).id;
      for (const id of [appended[1]!.id, appended[3]!.id, second]) poison.add(id);
      const generation = await generations.rebuilt();
      const parked = await readModels.scan({ ...parkedEvents, generation }, { limit: 100 });
      const reported = parked.map(({ document }) => document as ParkedEvent);
      expect(reported.filter(({ reason }) => reason.includes('cannot spell'))).toHaveLength(2);
      // The second failure in A waits behind the first; both are named, in order, with all that follows.
      expect(reported.map(({ sequence }) => sequence).sort()).toEqual([
        ...Array<string>(3).fill(streams[0]!),
        ...Array<string>(4).fill(streams[1]!),
      ]);
      await expect(generations.operator.switchTo(generation)).rejects.toBeInstanceOf(GenerationRefused);
      expect(await generations.worker.serving.get(words, account, streams[0]!)).toEqual({
        letters: appended.map(({ id }) => id),
      });
      expect(await readModels.scan(parkedEvents, { limit: 1 })).toEqual([]);

      const late = newEvents(1);
      await events.append(streams[2]!, 'any', late);
      await generations.served();
      expect((await generations.worker.serving.get(words, account, streams[2]!))!.letters.at(-1)).toBe(
        late[0]!.id,
      );
    });

    it('live, the same event is parked and the others go on', async () => {
      const stores = await open();
      const { category, events, readModels } = stores;
      const [bad] = newEvents(1);
      const generations = await Generations.start(stores, [spelling(category, new Set([bad!.id]))]);
      await events.append(`${category}A`, 'no-stream', [bad!]);
      const good = newEvents(2);
      await events.append(`${category}B`, 'no-stream', good);
      await generations.served();
      expect(await readModels.scan(parkedEvents, { limit: 10 })).toHaveLength(1);
      expect((await generations.worker.serving.get(words, account, `${category}B`))!.letters).toEqual(
        good.map(({ id }) => id),
      );
    });
  },
);

async function firstOf(
  events: { readStream(stream: string): AsyncIterable<{ id: string }> },
  stream: string,
) {
  for await (const event of events.readStream(stream)) return event;
  throw new Error(`${stream} is empty`);
}
