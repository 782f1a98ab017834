import { everyAccount, parkedEvents } from '@flowledger/event-sourcing';
import type { ReadModelCommit, ReadModelStore } from '@flowledger/event-sourcing';
import { collect, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { spelled, spelling, words } from './support/spelling';
import { account, RunningTally } from './support/tally';

const size = 6;

/** Read models that die at the nth commit of documents, before or after it took place, and stay dead. */
function dying(inner: ReadModelStore, at: number, when: 'before' | 'after'): ReadModelStore {
  let commits = 0;
  const commit = async (given: ReadModelCommit): Promise<void> => {
    const dies = given.writes.length > 0 && commits++ === at;
    if (!dies && commits <= at) return inner.commit(given);
    if (dies && when === 'after') await inner.commit(given);
    throw new Error('killed');
  };
  return new Proxy(inner, {
    get(target, member) {
      if (member === 'commit') return commit;
      const value: unknown = Reflect.get(target, member, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

chaosCase(
  'R36',
  'the replay of parked events is checkpointed item by item: killed anywhere, it loses nothing and repeats nothing',
  everyPair,
  (open) => {
    const cuts = Array.from({ length: size }, (_, at) => at);
    it.each(cuts.flatMap((at) => [['before', at] as const, ['after', at] as const]))(
      'killed %s commit %i of the replay',
      async (when, at) => {
        const stores = await open();
        const { category, events, readModels } = stores;
        const stream = `${category}A`;
        const appended = newEvents(size);
        const poison = new Set([appended[0]!.id]);
        await events.append(stream, 'no-stream', appended);
        const parking = await RunningTally.start(stores, { projections: [spelling(category, poison)] });
        await parking.ready();
        await parking.upToDate();
        await parking.stop();

        const projections = [spelling(category)];
        const sequence = { readModel: words.name, accountId: account, sequence: stream };
        const killed = await RunningTally.start(
          { ...stores, readModels: dying(readModels, at, when) },
          { projections },
        );
        await killed.ready();
        await expect(killed.runner.replayParked(sequence)).rejects.toThrow('killed');
        await killed.stop();

        const next = await RunningTally.start(stores, { projections });
        await next.ready();
        const done = when === 'after' ? at + 1 : at;
        expect(await next.runner.replayParked(sequence)).toEqual({ replayed: size - done });
        await events.append(stream, 'any', newEvents(1));
        await next.upToDate();
        const oracle = spelled(await collect(events.readAll({ streamPrefixes: [category] })));
        expect(await readModels.get(words, account, stream)).toEqual(oracle.get(stream));
        expect(await readModels.count(parkedEvents, everyAccount)).toBe(0);
      },
    );
  },
);
