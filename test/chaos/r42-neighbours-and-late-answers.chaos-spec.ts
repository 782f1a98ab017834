import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { newCategory, newEvents, collect, idsOf } from '@flowledger/event-sourcing/testing';
import type { FakeEventStore } from '../../libs/event-store-eventstoredb/testing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase, notApplicable } from './frame/chaos-case';
import { bothProfiles, holdsNoLog, onRealServer } from './support/everywhere';
import { connectedTo, fakeServer } from './support/stores';

interface Endpoint {
  readonly url: string;
  readonly fake?: FakeEventStore;
}
const onFakes = (profile: 'legacy' | 'modern') => async (): Promise<Endpoint> => {
  const fake = await fakeServer({ profile });
  return { url: fake.connectionString, fake };
};

chaosCase(
  'R42',
  'a neighbour that dies leaves us untouched; what is pending is reconciled, the wedged client replaced, a late answer ignored',
  {
    embedded: notApplicable('it has no client and one owner'),
    'EventStoreDB fake': bothProfiles(onFakes),
    'real EventStoreDB': onRealServer((url) => async (): Promise<Endpoint> => ({ url })),
    'MongoDB fake': holdsNoLog,
  },
  (endpoint) => {
    /** 100 appends at once; each must be there exactly once. */
    const appendMany = async (store: Awaited<ReturnType<typeof connectedTo>>, meanwhile: () => unknown) => {
      const category = newCategory();
      const batches = Array.from({ length: 100 }, () => newEvents(2));
      const appends = batches.map((events, n) => store.append(`${category}${n}`, 'no-stream', events));
      await meanwhile();
      expect((await Promise.all(appends)).every(({ revision }) => revision === 1n)).toBe(true);
      for (const [n, events] of batches.entries())
        expect(idsOf(await collect(store.readStream(`${category}${n}`)))).toEqual(idsOf(events));
    };

    it('another process that is killed in the middle of its appends', async () => {
      const { url } = await endpoint();
      const store = await connectedTo(url);
      const child = spawn(process.execPath, [join(__dirname, 'children/append-for-ever.js'), url], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      afterThisTest(() => child.kill('SIGKILL'));
      await once(child.stdout, 'data');
      await appendMany(store, () => child.kill('SIGKILL'));
    });

    it('another client of this process whose server dies, which shares the table of pending appends', async () => {
      const { url } = await endpoint();
      const store = await connectedTo(url);
      const otherServer = await fakeServer();
      const other = await connectedTo(otherServer.connectionString, { appendTimeoutMs: 1_000 });
      otherServer.faults.everyAppend = { written: false, answer: 'never' };
      const lost = Promise.allSettled(newEvents(5).map((e) => other.append(newCategory(), 'no-stream', [e])));
      await appendMany(store, () => otherServer.stop());
      await lost;
      await appendMany(store, () => undefined);
    });

    it('an answer that comes after its timer, and one that never comes', async () => {
      const { url, fake } = await endpoint();
      const store = await connectedTo(url, { appendAttemptTimeoutMs: 500 });
      fake?.faults.appends.push({ written: true, answer: 'late' }, { written: false, answer: 'never' });
      await appendMany(store, () => undefined);
      fake?.faults.answerLate();
      await appendMany(store, () => undefined);
    });
  },
);
