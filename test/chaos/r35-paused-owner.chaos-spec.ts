import { LeaseLost, ProjectionRunner } from '@flowledger/event-sourcing';
import type { ReadModelStore } from '@flowledger/event-sourcing';
import { collect, newEvents } from '@flowledger/event-sourcing/testing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { Child } from './support/child';
import { account, RunningTally, tallies, tallyOf } from './support/tally';
import { everyPlace } from './support/together';
import { until } from './support/watched';

/** The read models as a process sees them that is paused in the middle of a commit: nothing extends its lease. */
function pausing(inner: ReadModelStore) {
  let resume: () => void = () => undefined;
  let paused = false;
  const held = new Promise<void>((resolve) => (resume = resolve));
  const over: Partial<ReadModelStore> = {
    extend: async () => true,
    commit: async (commit) => {
      if (commit.writes.length > 0) {
        paused = true;
        await held;
      }
      await inner.commit(commit);
    },
  };
  const readModels = new Proxy(inner, {
    get(target, member) {
      const value: unknown = Reflect.get(over, member) ?? Reflect.get(target, member, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { readModels, resume, isPaused: () => paused };
}

chaosCase(
  'R35',
  'an owner that was paused and replaced writes nothing when it goes on',
  everyPlace,
  (open) => {
    it('paused in the middle of a commit: the store refuses its epoch', async () => {
      const { category, events, readModels } = await (await open()).open();
      const paused = pausing(readModels);
      const failures: unknown[] = [];
      const old = new ProjectionRunner({
        events,
        readModels: paused.readModels,
        // A document of its own shows what the guard of the documents would hide.
        projections: [{ ...tallyOf(category), documentIds: () => 'of the old owner' }],
        owner: 'old',
        leaseMilliseconds: 300,
        onFailure: (error) => void failures.push(error),
      });
      afterThisTest(() => old.stop());
      afterThisTest(paused.resume);
      await events.append(`${category}1`, 'no-stream', newEvents(3));
      await old.start();
      await until(paused.isPaused);
      const next = await RunningTally.start(
        { category, events, readModels },
        { owner: 'next', leaseMilliseconds: 10_000 },
      );
      await next.ready();
      paused.resume();
      await until(() => failures.length > 0);
      expect(failures[0]).toBeInstanceOf(LeaseLost);
      await next.upToDate();
      expect(await readModels.get(tallies, account, 'of the old owner')).toBeUndefined();
      expect(await next.of(`${category}1`)).toMatchObject({ count: 3 });
      expect((await readModels.consumers())[0]!.lease).toMatchObject({ owner: 'next', epoch: 2 });
    });

    it('SIGSTOP, replaced, SIGCONT: it notices, and the books balance', async () => {
      const { place, exclusive, open: openHere } = await open();
      const leaseMilliseconds = 1_000;
      const old = Child.start('follow.js', { place, owner: 'old', leaseMilliseconds });
      await old.says({ state: 'live' });
      old.signal('SIGSTOP');
      if (exclusive) {
        // The operating system keeps the lock of a stopped process: there is no second owner.
        const next = Child.start('follow.js', { place, owner: 'next', leaseMilliseconds });
        await next.says({ refused: 'StoreLocked' });
        old.signal('SIGCONT');
        const lines = old.said.length;
        await old.next();
        expect(old.said.length).toBeGreaterThan(lines);
        expect(old.said.some((said) => 'failure' in said)).toBe(false);
        return;
      }
      const stores = await openHere();
      const next = await RunningTally.start(stores, { owner: 'next', leaseMilliseconds: 10_000 });
      await next.ready();
      const lines = old.said.length;
      old.signal('SIGCONT');
      await old.says({ state: 'standing-by' }, lines);
      await old.kill();
      await next.upToDate();
      const stream = `${place.category}old`;
      const { length } = await collect(stores.events.readStream(stream));
      expect(await next.of(stream)).toEqual({ stream, count: length, outOfOrder: 0 });
      expect((await stores.readModels.consumers())[0]!.lease).toMatchObject({ owner: 'next', epoch: 2 });
    });
  },
);
