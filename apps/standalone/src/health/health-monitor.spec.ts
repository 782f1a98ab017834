import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HeadProbe, newId, ProjectionRunner, SystemClock } from '@flowledger/event-sourcing';
import type { EventStore, Projection, ReadModelStore } from '@flowledger/event-sourcing';
import { newEvents } from '@flowledger/event-sourcing/testing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { HealthMonitor } from './health-monitor';

const counting: Projection<{ readonly count: number }> = {
  readModel: { name: 'counts', version: 1, fields: [] },
  streamPrefixes: ['counted-'],
  documentIds: () => 'all',
  evolve: (document) => ({ count: (document?.count ?? 0) + 1 }),
};
const limits = {
  lagSeconds: 0.2,
  latencySeconds: 5,
  parkedEvents: 100,
  parkedSeconds: 3_600,
  blockedInstances: 10,
  restartsPerHour: 20,
  spoolBytes: 1_000,
};

describe('a service whose health is watched', () => {
  let events: EventStore;
  let readModels: ReadModelStore;
  let probe: HeadProbe;
  let runner: ProjectionRunner;
  let monitor: HealthMonitor;
  const closing: (() => Promise<unknown> | void)[] = [];
  const leaseMilliseconds = 300;

  const red = () => monitor.report().signals.flatMap(({ name, state }) => (state === 'red' ? [name] : []));
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await pause(5);
  };
  const newRunner = (owner: string) =>
    new ProjectionRunner({ events, readModels, projections: [counting], owner, leaseMilliseconds });
  const append = () => events.append('counted-1', 'any', newEvents(1));

  beforeEach(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'health-'));
    events = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
    probe = new HeadProbe(events, 100);
    runner = newRunner('first');
    await append();
    await runner.start();
    expect(await runner.untilReady(10_000)).toBe(true);
    monitor = new HealthMonitor({
      readModels,
      probe,
      clock: new SystemClock(),
      consumers: [ProjectionRunner.consumer],
      limits,
      faults: () => ({ unhandledRejections: 0, uncaughtExceptions: 0 }),
      everyMilliseconds: 20,
    });
    await monitor.start();
    closing.push(
      () => monitor.stop(),
      () => runner.stop(),
      () => readModels.close(),
      () => events.close(),
      () => rmSync(directory, { recursive: true }),
    );
    await until(() => red().length === 0);
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  it('R6 turns red on the age of the head probe alone, although nothing lags', async () => {
    await probe.stop();
    await until(() => monitor.report().state === 'red');
    expect(red()).toEqual(['head-probe-age']);
    expect(monitor.signals().consumers[0]).toMatchObject({ lagSeconds: 0, lagPositions: 0, owner: 'first' });
  });

  it('R7 is red while nobody owns the projections, and green again with the next owner', async () => {
    await runner.stop();
    await until(() => red().includes('owner'));
    expect(monitor.signals().consumers[0]).not.toHaveProperty('owner');
    runner = newRunner('second');
    await runner.start();
    await until(() => red().length === 0);
    expect(monitor.signals().consumers[0]).toMatchObject({ owner: 'second', epoch: 2 });
  });

  it('R7 sees a killed owner, whose lease nobody gives back', async () => {
    await runner.stop();
    await readModels.claim(ProjectionRunner.consumer, 'killed', 100);
    await until(() => monitor.signals().consumers[0]?.owner === 'killed');
    await until(() => red().includes('owner'));
  });

  it('R14 tells the lag in seconds while stuck, and none when idle or caught up', async () => {
    expect(monitor.signals().consumers[0]).toMatchObject({ lagSeconds: 0 });
    await runner.stop();
    await append();
    await until(() => red().includes('lag'));
    expect(monitor.signals().consumers[0]).toMatchObject({ lagPositions: 1 });
    runner = newRunner(newId());
    await runner.start();
    await until(() => red().length === 0);
    expect(monitor.signals().consumers[0]).toMatchObject({ lagSeconds: 0, lagPositions: 0 });
  });

  it('lives while its store is away, and not once a look at it hangs for ever', async () => {
    expect(monitor.liveness()).toEqual({ live: true, problems: [] });
    const away = jest.spyOn(readModels, 'consumers').mockRejectedValue(new Error('away'));
    await until(() => monitor.signals().measuringFailure !== undefined);
    expect(monitor.liveness().live).toBe(true);
    const later = performance.now() + 600_000;
    await probe.stop();
    const now = jest.spyOn(performance, 'now').mockReturnValue(later);
    expect(monitor.liveness()).toMatchObject({ live: false, problems: [expect.stringContaining('hung')] });
    now.mockRestore();
    away.mockRestore();
  });
});
