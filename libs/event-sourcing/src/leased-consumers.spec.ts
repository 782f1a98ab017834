import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { newId } from './event-ids';
import type { EventStore } from './event-store';
import { HeadProbe } from './head-probe';
import { LeaseLost } from './leases';
import { SubscriptionSilent } from './log-consumer';
import { LogWentBack } from './log-fingerprint';
import type { Projection } from './projection';
import { ProjectionRunner } from './projection-runner';
import type { ProjectionRunnerOptions } from './projection-runner';
import type { ReadModel, ReadModelStore } from './read-model-store';
import { segmentOf } from './segments';

const counts: ReadModel<{ readonly count: number }> = { name: 'counts', version: 1, fields: [] };
const counting: Projection<{ readonly count: number }> = {
  readModel: counts,
  streamPrefixes: ['counted-'],
  documentIds: () => 'all',
  evolve: (document) => ({ count: (document?.count ?? 0) + 1 }),
};
const altered = <Store extends object>(store: Store, methods: Partial<Store>): Store =>
  Object.create(
    store,
    Object.fromEntries(Object.entries(methods).map(([name, value]) => [name, { value }])),
  ) as Store;

describe('processes that share the work on a log', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  const runners: ProjectionRunner[] = [];
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'leased-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
  });
  afterEach(async () => {
    for (const runner of runners.splice(0)) await runner.stop();
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });
  const started = async (owner: string, over: Partial<ProjectionRunnerOptions> = {}) => {
    const runner = new ProjectionRunner({
      events: log,
      readModels,
      projections: [counting],
      owner,
      leaseMilliseconds: 90,
      backOff: { firstMilliseconds: 1, longestMilliseconds: 4 },
      ...over,
    });
    runners.push(runner);
    await runner.start();
    return runner;
  };
  const happen = async (accountId = '1') => {
    const id = newId();
    const metadata = {
      $correlationId: id,
      $causationId: id,
      actor: 'a',
      accountId,
      command: 'C',
      schemaVersion: 1,
    };
    return (await log.append(`counted-${accountId}`, 'any', [{ id, type: 'Counted', data: {}, metadata }]))
      .position;
  };
  const count = async (accountId = '1') => (await readModels.get(counts, accountId, 'all'))?.count;
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise(setImmediate);
  };

  it('take turns: the second stands by, is counted as denied, and takes over when the first has stopped', async () => {
    const first = await started('one');
    await first.untilReady(20_000);
    const second = await started('two');
    await until(() => second.state === 'standing-by');
    await first.reached(await happen(), 20_000);
    await first.stop();
    await second.reached(await happen(), 20_000);
    expect(await count()).toBe(2);
    expect(await second.untilReady(20_000)).toBe(true);
    expect(Number(second.report()['denied'])).toBeGreaterThan(0);
  });

  it('take over when the owner has gone quiet, and what it still writes is refused', async () => {
    const lost: unknown[] = [];
    const quiet = altered<ReadModelStore>(readModels, {
      extend: () => new Promise<boolean>(() => undefined),
    });
    let wake: () => void = () => undefined;
    const slow = altered<ReadModelStore>(quiet, {
      commit: async (commit) => {
        if (commit.writes.length > 0) await new Promise<void>((resolve) => (wake = resolve));
        await readModels.commit(commit);
      },
    });
    const first = await started('one', { readModels: slow, onFailure: (error) => lost.push(error) });
    await first.untilReady(20_000);
    await happen();
    const second = await started('two');
    await until(() => second.state === 'live');
    expect(await second.reached(await happen(), 20_000)).toBe(true);
    wake();
    await until(() => lost.length > 0);
    expect(lost[0]).toBeInstanceOf(LeaseLost);
    expect(await count()).toBe(2);
  });

  it('share the accounts by segment, each account whole', async () => {
    const accounts = ['1', '2', '3', '4', '5', '6'];
    expect(new Set(accounts.map((account) => segmentOf(account, 2))).size).toBe(2);
    const halves = await Promise.all(
      [0, 1].map((index) => started(`worker ${index}`, { segment: { index, of: 2 } })),
    );
    for (const account of [...accounts, ...accounts]) await happen(account);
    for (const half of halves) expect(await half.reached((await log.head())!, 20_000)).toBe(true);
    for (const account of accounts) expect(await count(account)).toBe(2);
    expect((await readModels.consumers()).map(({ consumer }) => consumer)).toEqual([
      'projections.1-of-2',
      'projections.2-of-2',
    ]);
  });

  it('replace a subscription that the log has left behind, and not one that is merely quiet', async () => {
    const failures: unknown[] = [];
    let deaf = true;
    const hanging = altered<EventStore>(log, {
      subscribe: async function* (options) {
        if (!deaf) {
          yield* log.subscribe(options);
          return;
        }
        deaf = false;
        yield { kind: 'caught-up' };
        await new Promise(() => undefined);
      },
    });
    const probe = new HeadProbe(log, 5);
    probe.start();
    const watched = { events: hanging, probe, silenceMilliseconds: 50, leaseMilliseconds: 10_000 };
    const runner = await started('one', { ...watched, onFailure: (error) => failures.push(error) });
    await runner.untilReady(20_000);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(failures).toEqual([]);
    expect(await runner.reached(await happen(), 20_000)).toBe(true);
    expect(failures).toEqual([expect.any(SubscriptionSilent)]);
    expect(runner.report()).toMatchObject({ generation: 2 });
    await probe.stop();
  });

  it('refuse a log that holds another event where they have seen one', async () => {
    const runner = await started('one');
    await runner.reached(await happen(), 20_000);
    await runner.stop();
    const other = altered<EventStore>(log, {
      readStream: async function* (stream, options) {
        for await (const event of log.readStream(stream, options)) yield { ...event, id: newId() };
      },
    });
    const failure = new Promise((resolve) => void started('one', { events: other, onFailure: resolve }));
    expect(await failure).toBeInstanceOf(LogWentBack);
  });

  it('go on when the last event they have seen is gone, and count it', async () => {
    const runner = await started('one');
    await runner.reached(await happen(), 20_000);
    await runner.stop();
    const scavenged = altered<EventStore>(log, { readStream: async function* () {} });
    const again = await started('one', { events: scavenged });
    expect(await again.reached(await happen(), 20_000)).toBe(true);
    expect(again.lastEventsGone).toBe(1);
    expect(await count()).toBe(2);
  });
});

describe('a head probe', () => {
  it('tells how long a consumer has been behind, and how old its own look is', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'probe-'));
    const log = await EmbeddedEventStore.open({ directory });
    const probe = new HeadProbe(log, 2);
    probe.start();
    const look = () => new Promise<void>((resolve) => probe.onLook(resolve));
    try {
      await look();
      expect(probe.head).toBeUndefined();
      expect(probe.lagOf(undefined)).toBe(0);
      const id = newId();
      const metadata = {
        $correlationId: id,
        $causationId: id,
        actor: 'a',
        accountId: '1',
        command: 'C',
        schemaVersion: 1,
      };
      const { position } = await log.append('s-1', 'any', [{ id, type: 'T', data: {}, metadata }]);
      await look();
      await look();
      expect(probe.head).toEqual(position);
      expect(probe.lagOf(position)).toBe(0);
      expect(probe.lagOf(undefined)).toBeGreaterThan(0);
      const { age } = probe;
      await probe.stop();
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(probe.age).toBeGreaterThan(age);
    } finally {
      await probe.stop();
      await log.close();
      rmSync(directory, { recursive: true });
    }
  });
});
