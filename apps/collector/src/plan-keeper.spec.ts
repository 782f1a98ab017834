import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectionScopeProjections } from '@flowledger/collection-scope';
import {
  newId,
  parsePosition,
  comparePositions,
  ProjectionRunner,
  sleep,
  SystemClock,
} from '@flowledger/event-sourcing';
import type { AnyProjection, LogPosition } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import type { CollectionPlan } from '@flowledger/flow-record';
import { logServiceProjections } from '@flowledger/log-service';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { PlanKeeper } from './plan-keeper';

const accountId = '1000000000000001';
const projections: AnyProjection[] = [...collectionScopeProjections, ...logServiceProjections];

describe('a plan keeper', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  let runner: ProjectionRunner;
  let keeper: PlanKeeper;
  let plans: CollectionPlan[];
  let failures: unknown[];
  let apply: (plan: CollectionPlan) => Promise<void>;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'plan-keeper-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
    runner = new ProjectionRunner({ events: log, readModels, projections });
    await runner.start();
    await runner.untilReady(20_000);
    plans = [];
    failures = [];
    apply = async () => undefined;
    keeper = new PlanKeeper({
      log: runner,
      readModels,
      clock: new SystemClock(),
      plans: {
        apply: async (plan) => {
          plans.push(plan);
          await apply(plan);
        },
      },
      acknowledge: async () => [],
      onFailure: (error) => failures.push(error),
    });
  });
  afterEach(async () => {
    await keeper.stop();
    await runner.stop();
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });

  const change = async (logstoreId: string): Promise<LogPosition> =>
    (
      await log.append(`project-${logstoreId}`, 'any', [
        {
          id: newId(),
          type: 'LogstoreCreated',
          data: {
            logstoreId,
            projectName: 'p',
            logstoreName: logstoreId,
            ttl: 7,
            at: '2026-01-01T00:00:00.000Z',
          },
          metadata: {
            $correlationId: newId(),
            $causationId: newId(),
            actor: 'token-1',
            accountId,
            command: 'CreateLogstore',
            schemaVersion: 1,
          },
        },
      ])
    ).position;
  const covered = (position: LogPosition) =>
    comparePositions(parsePosition(plans.at(-1)!.position), position) >= 0;

  it('sends a plan at the start, and one that contains a change before it says so', async () => {
    await keeper.start();
    expect(plans).toHaveLength(1);
    const position = await change('a');
    expect(await keeper.covers(position, 20_000)).toBe(true);
    expect(covered(position)).toBe(true);
    expect(plans.at(-1)!.logstores.map(({ logstoreId }) => logstoreId)).toEqual(['a']);
  });

  it('lets changes that come during a plan share the next one', async () => {
    await keeper.start();
    let release: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const inHand = new Promise<void>((resolve) => (begun = resolve));
    apply = async () => {
      begun();
      await new Promise<void>((resolve) => (release = resolve));
    };
    await change('a');
    await inHand;
    apply = async () => undefined;
    let last: LogPosition | undefined;
    for (const id of ['b', 'c', 'd']) last = await change(id);
    await runner.reached(last!, 20_000);
    expect(plans).toHaveLength(2);
    release();
    expect(await keeper.covers(last!, 20_000)).toBe(true);
    expect(plans).toHaveLength(3);
    expect(plans.at(-1)!.logstores).toHaveLength(4);
  });

  it('does not put the next plan off when the wall clock jumps during one', async () => {
    await keeper.start();
    const { now } = Date;
    let ahead = 0;
    const wallClock = jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
    apply = async () => {
      apply = async () => undefined;
      ahead = 3_600_000;
      await runner.reached(await change('b'), 20_000);
    };
    await change('a');
    while (plans.at(-1)!.logstores.length < 2) await sleep(5);
    wallClock.mockRestore();
    expect(failures).toEqual([]);
  }, 20_000);

  it('does not put the next plan off when the process is paused during one', async () => {
    await keeper.start();
    const now = performance.now.bind(performance);
    let ahead = 0;
    const monotonic = jest.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
    apply = async () => {
      apply = async () => undefined;
      ahead = 20_000;
      await runner.reached(await change('b'), 20_000);
    };
    await change('a');
    while (plans.at(-1)!.logstores.length < 2) await sleep(5);
    monotonic.mockRestore();
    expect(failures).toEqual([]);
  }, 20_000);

  it('tries again what failed, without haste, and says what is wrong until then', async () => {
    await keeper.start();
    let failing = 1;
    apply = async () => {
      if (failing-- > 0) throw new Error('not now');
    };
    const position = await change('a');
    expect(await keeper.covers(position, 100)).toBe(false);
    expect(keeper.lastFailure).toEqual(new Error('not now'));
    expect(await keeper.covers(position, 20_000)).toBe(true);
    expect(failures).toEqual([new Error('not now')]);
    expect(keeper.lastFailure).toBeUndefined();
  });

  it('loses no change that comes while it loads', async () => {
    const starting = keeper.start();
    const position = await change('a');
    await starting;
    expect(await keeper.covers(position, 20_000)).toBe(true);
    expect(plans.at(-1)!.logstores).toHaveLength(1);
  });

  it('is over within the time when a plan is never applied', async () => {
    await keeper.start();
    let release: () => void = () => undefined;
    apply = () => new Promise<void>((resolve) => (release = resolve));
    expect(await keeper.covers(await change('a'), 100)).toBe(false);
    release();
  });

  it('sends nothing once it has stopped', async () => {
    await keeper.start();
    await keeper.stop();
    const position = await change('a');
    await runner.reached(position, 20_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(plans).toHaveLength(1);
  });
});
