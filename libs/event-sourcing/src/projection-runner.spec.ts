import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import type { NewEvent } from './event';
import { newId } from './event-ids';
import { LogWentBack } from './log-fingerprint';
import type { EventStore } from './event-store';
import { logPosition } from './positions';
import type { AnyProjection, Projection } from './projection';
import { ProjectionRunner } from './projection-runner';
import type { ReadModel, ReadModelStore } from './read-model-store';

interface Counter {
  readonly events: number;
}
const counters: ReadModel<Counter> = { name: 'counters', version: 1, fields: [] };
const others: ReadModel<Counter> = { name: 'others', version: 1, fields: [] };
const counting = (readModel: ReadModel<Counter>, prefix: string): AnyProjection =>
  ({
    readModel,
    streamPrefixes: [prefix],
    documentIds: ({ stream }) => stream,
    evolve: (document) => ({ events: (document?.events ?? 0) + 1 }),
  }) satisfies Projection<Counter>;
const account = '1000000000000001';
const event = (): NewEvent => ({
  id: newId(),
  type: 'Counted',
  data: {},
  metadata: {
    $correlationId: newId(),
    $causationId: newId(),
    actor: 'token-1',
    accountId: account,
    command: 'Count',
    schemaVersion: 1,
  },
});
/** The real store with some of its methods replaced. */
const altered = <Store extends object>(store: Store, methods: Partial<Store>): Store =>
  new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

describe('a projection runner', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  const runners: ProjectionRunner[] = [];
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'projection-runner-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
  });
  afterEach(async () => {
    for (const runner of runners.splice(0)) await runner.stop();
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });
  const started = async (
    over: { events?: EventStore; readModels?: ReadModelStore; onFailure?: (error: unknown) => void } = {},
  ): Promise<ProjectionRunner> => {
    const runner = new ProjectionRunner({
      events: log,
      readModels,
      projections: [counting(counters, 'counter-'), counting(others, 'other-')],
      backOff: { firstMilliseconds: 1, longestMilliseconds: 4 },
      ...over,
    });
    runners.push(runner);
    await runner.start();
    return runner;
  };
  const append = async (stream: string, count = 1) =>
    (await log.append(stream, 'any', Array.from({ length: count }, event))).position;
  const counted = async (stream = 'counter-1') => (await readModels.get(counters, account, stream))?.events;

  it('is ready on an empty log, and on one that holds nothing of interest', async () => {
    expect(await (await started()).untilReady(20_000)).toBe(true);
    await runners.pop()!.stop();
    const position = await append('stranger-1');
    const runner = await started();
    expect(await runner.untilReady(20_000)).toBe(true);
    expect(await runner.reached(position, 0)).toBe(true);
  });

  it('folds all changes of a document in a page, and keeps one checkpoint for all read models', async () => {
    await append('counter-1', 30);
    const position = await append('other-1', 2);
    const runner = await started();
    expect(await runner.reached(position, 20_000)).toBe(true);
    expect(await counted()).toBe(30);
    expect(await readModels.get(others, account, 'other-1')).toEqual({ events: 2 });
    expect((await readModels.checkpoint('projections'))?.position).toEqual(position);
  });

  it('tells whether a position is reached: at once, later, or not in time', async () => {
    const position = await append('counter-1');
    const runner = await started();
    const later = logPosition(position.commit + 1n);
    const waiting = runner.reached(later, 20_000);
    expect(await runner.reached(position, 20_000)).toBe(true);
    expect(await runner.reached(position, 0)).toBe(true);
    expect(await runner.reached(later, 1)).toBe(false);
    await append('counter-1');
    expect(await waiting).toBe(true);
  });

  it('tells listeners after the commit, in order, before those who wait for the position', async () => {
    const runner = await started();
    await runner.untilReady(20_000);
    const heard: string[] = [];
    const stored: Promise<number | undefined>[] = [];
    const forget = runner.onCommitted((events) => {
      heard.push(...events.map(({ stream }) => stream));
      stored.push(counted());
    });
    const waited = runner.reached(await append('counter-1'), 20_000).then(() => [...heard]);
    expect(await waited).toEqual(['counter-1']);
    expect(await stored[0]).toBe(1);
    await runner.reached(await append('counter-2'), 20_000);
    forget();
    await runner.reached(await append('counter-3'), 20_000);
    expect(heard).toEqual(['counter-1', 'counter-2']);
  });

  it('goes on at the checkpoint after a restart and after a drop, nothing lost and nothing twice', async () => {
    let dropAfter = 1;
    const dropping = altered<EventStore>(log, {
      subscribe: async function* (options) {
        for await (const message of log.subscribe(options)) {
          yield message;
          if (message.kind === 'events' && dropAfter-- > 0) throw new Error('dropped');
        }
      },
    });
    const failures: unknown[] = [];
    const first = await append('counter-1', 3);
    const runner = await started({ events: dropping, onFailure: (error) => failures.push(error) });
    await runner.reached(first, 20_000);
    expect(await runner.reached(await append('counter-1', 2), 20_000)).toBe(true);
    expect(failures).toEqual([new Error('dropped')]);
    await runner.untilReady(20_000);
    expect(runner.lastFailure).toBeUndefined();
    await runner.stop();
    const last = await append('counter-1');
    expect(await (await started()).reached(last, 20_000)).toBe(true);
    expect(await counted()).toBe(6);
  });

  it('commits documents and checkpoint together: a commit that failed is made again', async () => {
    let failing = 0;
    const unsteady = altered<ReadModelStore>(readModels, {
      commit: async (commit) => {
        if (failing-- > 0) throw new Error('no');
        await readModels.commit(commit);
      },
    });
    const heard: string[] = [];
    const runner = await started({ readModels: unsteady });
    runner.onCommitted((events) => heard.push(...events.map(({ id }) => id)));
    await runner.untilReady(20_000);
    failing = 2;
    const position = await append('counter-1', 4);
    expect(await runner.reached(position, 20_000)).toBe(true);
    expect(await counted()).toBe(4);
    expect(heard).toHaveLength(4);
  });

  it('tells nothing of what it folds before it has reached the end of the log for the first time', async () => {
    const before = await append('counter-1', 2);
    const runner = await started();
    const heard: string[] = [];
    runner.onCommitted((events) => heard.push(...events.map(({ stream }) => stream)));
    await runner.untilReady(20_000);
    expect(await runner.reached(before, 0)).toBe(true);
    await runner.reached(await append('counter-2'), 20_000);
    expect(heard).toEqual(['counter-2']);
  });

  it('refuses a log that ends before the checkpoint', async () => {
    await append('counter-1', 2);
    const runner = await started();
    await runner.untilReady(20_000);
    await runner.stop();
    const shorter = altered<EventStore>(log, { head: async () => logPosition(1) });
    const failure = new Promise((resolve) => void started({ events: shorter, onFailure: resolve }));
    expect(await failure).toBeInstanceOf(LogWentBack);
    expect(await counted()).toBe(2);
  });

  it('finishes the message in hand before it has stopped', async () => {
    let committed = false;
    let begun: () => void = () => undefined;
    const inHand = new Promise<void>((resolve) => (begun = resolve));
    const slow = altered<ReadModelStore>(readModels, {
      commit: async (commit) => {
        begun();
        await new Promise((resolve) => setImmediate(resolve));
        await readModels.commit(commit);
        committed = true;
      },
    });
    await append('counter-1');
    const runner = await started({ readModels: slow });
    await inHand;
    await runner.stop();
    expect(committed).toBe(true);
  });

  it('commits nothing while a task needs the read models to stand still', async () => {
    const runner = await started();
    await runner.untilReady(20_000);
    await runner.whileStill(async () => {
      const position = await append('counter-1');
      expect(await runner.reached(position, 20)).toBe(false);
    });
    expect(await runner.reached((await log.head())!, 20_000)).toBe(true);
  });
});
