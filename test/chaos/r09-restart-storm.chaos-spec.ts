import { collect, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { Child } from './support/child';
import { RunningTally } from './support/tally';
import { everyPlace } from './support/together';
import { until } from './support/watched';

const rounds = 3;
const leaseMilliseconds = 600;

chaosCase(
  'R9',
  'after a storm of starts and kills, two at once among them, exactly one owner works and the position advances',
  everyPlace,
  (open) => {
    it(`${rounds} rounds of start, SIGKILL, start, two at once`, async () => {
      const { place, exclusive, open: openHere } = await open();
      const start = (owner: string) => Child.start('follow.js', { place, owner, leaseMilliseconds });
      for (let round = 0; round < rounds; round++) {
        const first = start(`${round}a`);
        // Killed at whatever it is about to do: its start, its first event, its work.
        for (let lines = 0; lines < 4 * round; lines++) await first.next();
        await first.kill();
        const two = [start(`${round}b`), start(`${round}c`)];
        await Promise.race(two.map((each) => each.says({ state: 'live' }).catch(() => each.next())));
        if (exclusive) await until(() => two.some((each) => each.last('appended') !== undefined));
        await Promise.all(two.map((each) => each.kill()));
      }
      const stores = await openHere();
      const survivor = await RunningTally.start(stores, { owner: 'survivor', leaseMilliseconds });
      await survivor.ready();
      await survivor.upToDate();
      const before = survivor.runner.position!;
      await stores.events.append(`${place.category}survivor`, 'any', newEvents(1));
      await survivor.upToDate();
      expect(survivor.runner.position!.commit).toBeGreaterThan(before.commit);
      const owned = (await stores.readModels.consumers()).filter(({ lease }) => lease);
      expect(owned.map(({ lease }) => lease!.owner)).toEqual(['survivor']);
      const log = await collect(stores.events.readAll({ streamPrefixes: [place.category] }));
      const counts = new Map<string, number>();
      for (const { stream } of log) counts.set(stream, (counts.get(stream) ?? 0) + 1);
      expect(counts.size).toBeGreaterThan(1);
      for (const [stream, count] of counts)
        expect(await survivor.of(stream)).toEqual({ stream, count, outOfOrder: 0 });
    });
  },
);
