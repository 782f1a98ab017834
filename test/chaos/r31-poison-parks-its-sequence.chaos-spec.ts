import { everyAccount, parkedEvents } from '@flowledger/event-sourcing';
import { collect, idsOf, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { spelled, spelling, words } from './support/spelling';
import { account, RunningTally } from './support/tally';

chaosCase(
  'R31',
  'a poison event parks its own sequence from there on, in order; all others flow, and the replay restores order and result',
  everyPair,
  (open) => {
    it.each([0, 3, 9])('poison at event %i of stream A, among streams B to H', async (k) => {
      const stores = await open();
      const { category, events, readModels } = stores;
      const ids = newEvents(10);
      const poison = new Set([ids[k]!.id]);
      const streams = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((name) => `${category}${name}`);
      const runner = await RunningTally.start(stores, { projections: [spelling(category, poison)] });
      for (const event of ids) {
        await events.append(streams[0]!, 'any', [event]);
        for (const other of streams.slice(1)) await events.append(other, 'any', newEvents(1));
      }
      await runner.upToDate();
      const oracle = spelled(await collect(events.readAll({ streamPrefixes: [category] })));
      for (const other of streams.slice(1))
        expect(await readModels.get(words, account, other)).toEqual(oracle.get(other));
      expect((await readModels.get(words, account, streams[0]!))?.letters ?? []).toEqual(
        idsOf(ids.slice(0, k)),
      );
      const sort = { by: 'order', direction: 'ascending' } as const;
      const parked = await readModels.find(parkedEvents, everyAccount, { sort, limit: 100 });
      expect(parked.items.map(({ eventId }) => eventId)).toEqual(idsOf(ids.slice(k)));

      poison.clear();
      const sequence = { readModel: words.name, accountId: account, sequence: streams[0]! };
      expect(await runner.runner.replayParked(sequence)).toEqual({ replayed: 10 - k });
      await events.append(streams[0]!, 'any', newEvents(1));
      await runner.upToDate();
      const whole = spelled(await collect(events.readAll({ streamPrefixes: [category] })));
      for (const stream of streams)
        expect(await readModels.get(words, account, stream)).toEqual(whole.get(stream));
    });
  },
);
