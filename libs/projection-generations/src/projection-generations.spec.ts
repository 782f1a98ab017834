import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, parkedEvents } from '@flowledger/event-sourcing';
import type { Projection, ReadModel } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { GenerationRefused } from './errors';
import { GenerationOperations } from './generation-operations';
import { ProjectionGenerations } from './projection-generations';

interface Counter {
  readonly count: number;
}
const counters: ReadModel<Counter> = { name: 'counters', version: 1, fields: ['count'] };
const counting = (step = 1, version = 1): Projection<Counter> => ({
  readModel: { ...counters, version },
  streamPrefixes: ['counter-'],
  documentIds: ({ stream }) => stream,
  evolve: (document, { data }) => {
    if (data === 'poison') throw new Error('cannot count that');
    return { count: (document?.count ?? 0) + step };
  },
});
const accountId = '1';

describe('generations of read models', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  let generations: ProjectionGenerations;
  let operations: GenerationOperations;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'generations-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
  });
  afterEach(async () => {
    await generations.stop();
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });
  const start = async (projection: Projection<Counter>) => {
    generations = new ProjectionGenerations({
      events: log,
      readModels,
      projections: [projection],
      lookEveryMilliseconds: 5,
      leaseMilliseconds: 200,
    });
    await generations.start();
    operations = new GenerationOperations({
      events: log,
      readModels,
      folded: [projection.readModel],
    });
    expect(await generations.runners[0]!.untilReady(20_000)).toBe(true);
  };
  const happen = async (counter: string, data: unknown = null) => {
    const id = newId();
    const metadata = {
      $correlationId: id,
      $causationId: id,
      actor: 'a',
      accountId,
      command: 'C',
      schemaVersion: 1,
    };
    return (await log.append(`counter-${counter}`, 'any', [{ id, type: 'Counted', data, metadata }]))
      .position;
  };
  const seen = async (...counters_: string[]) => {
    for (const counter of counters_) await happen(counter);
    await generations.runners[0]!.reached((await log.head())!, 20_000);
  };
  const count = async (counter: string, version = 1) =>
    (await generations.serving.get<Counter>({ ...counters, version }, accountId, `counter-${counter}`))
      ?.count;
  const rebuilt = async () => {
    const { generation } = await operations.rebuild();
    await operations.untilReady(generation);
    return generation;
  };
  /** The worker has seen it. */
  const seenServing = (generation: number) =>
    until(async () => generations.serving.generation === generation);
  const switchTo = async (generation: number) => {
    await operations.switchTo(generation);
    await seenServing(generation);
  };
  const rollBack = async () => {
    const generation = await operations.rollBack();
    await seenServing(generation);
    return generation;
  };
  const listed = async () =>
    (await operations.list()).map(({ generation, status, serving }) => ({
      generation,
      status,
      serving,
    }));
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise(setImmediate);
  };

  it('are one at first, with the plain names', async () => {
    await start(counting());
    await seen('a', 'a');
    expect(await readModels.get(counters, accountId, 'counter-a')).toEqual({ count: 2 });
    await until(async () => (await listed())[0]!.status === 'ready');
    expect(await listed()).toEqual([{ generation: 1, status: 'ready', serving: true }]);
  });

  it('are both folded while one serves, and the switch is seen at once', async () => {
    await start(counting());
    await seen('a');
    const generation = await rebuilt();
    expect(await listed()).toEqual([
      { generation: 1, status: 'ready', serving: true },
      { generation: 2, status: 'ready', serving: false },
    ]);
    await seen('a');
    expect(await operations.compare(generation)).toMatchObject({ differing: 0, unsettled: 0 });
    await switchTo(generation);
    await seen('a', 'b');
    expect(await count('a')).toBe(3);
    expect(await readModels.get({ ...counters, generation: 2 }, accountId, 'counter-a')).toEqual({
      count: 3,
    });
    await until(async () => (await readModels.get(counters, accountId, 'counter-b')) !== undefined);
  });

  it('go back and forth, and survive a restart', async () => {
    await start(counting());
    await seen('a');
    await switchTo(await rebuilt());
    await generations.stop();
    await start(counting());
    await until(async () => (await listed()).some(({ generation, serving }) => serving && generation === 2));
    await seen('a');
    expect(await count('a')).toBe(2);
    await until(async () => (await listed()).every(({ status }) => status === 'ready'));
    expect(await rollBack()).toBe(1);
    await generations.runners[0]!.reached((await log.head())!, 20_000);
    expect(await count('a')).toBe(2);
    expect(await rollBack()).toBe(2);
  });

  it('tell each event once, none left out, across a switch under load', async () => {
    await start(counting());
    const journal: string[] = [];
    generations.onCommitted((events) => journal.push(...events.map(({ position }) => `${position.commit}`)));
    const generation = await rebuilt();
    let busy = true;
    const load = (async () => {
      while (busy) await happen('a');
    })();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await switchTo(generation);
    await new Promise((resolve) => setTimeout(resolve, 50));
    busy = false;
    await load;
    await generations.runners[0]!.reached((await log.head())!, 20_000);
    const all: string[] = [];
    for await (const { position } of log.readAll()) all.push(`${position.commit}`);
    expect(journal).toEqual(all);
  });

  it('list the documents that differ, and only those', async () => {
    await start(counting());
    await seen('a', 'b');
    await readModels.commit({
      consumer: 'somebody',
      writes: [
        { readModel: counters, accountId, id: 'counter-b', document: { count: 9 } },
        { readModel: counters, accountId, id: 'counter-z', document: { count: 1 } },
      ],
    });
    expect(await operations.compare(await rebuilt())).toMatchObject({
      differing: 2,
      unsettled: 0,
      differences: [
        { id: 'counter-b', serving: { count: 9 }, candidate: { count: 1 } },
        { id: 'counter-z', serving: { count: 1 }, candidate: undefined },
      ],
      readModels: [{ readModel: 'counters', serving: 3, candidate: 2 }],
    });
  });

  it('compare equal while they go on changing', async () => {
    await start(counting());
    const generation = await rebuilt();
    let busy = true;
    const load = (async () => {
      for (let n = 0; busy; n++) await happen(`${n % 5}`);
    })();
    const { differing } = await operations.compare(generation);
    busy = false;
    await load;
    expect(differing).toBe(0);
  });

  it('leave no rows behind when one is dropped, half built or whole', async () => {
    await start(counting());
    await seen('a');
    const generation = await rebuilt();
    await operations.drop(generation);
    await until(async () => (await listed()).length === 1);
    expect(await listed()).toEqual([{ generation: 1, status: 'ready', serving: true }]);
    expect((await readModels.consumers()).map(({ consumer }) => consumer)).toEqual(['projections']);
    await expect(readModels.get({ ...counters, generation }, accountId, 'counter-a')).rejects.toThrow(
      'define',
    );
    expect(await rebuilt()).toBe(2);
  });

  it('refuse what would leave queries without an answer', async () => {
    await start(counting());
    await seen('a');
    await expect(operations.drop(1)).rejects.toThrow(GenerationRefused);
    await expect(switchTo(7)).rejects.toMatchObject({ code: 'GenerationNotFound' });
    await expect(rollBack()).rejects.toMatchObject({ code: 'NoPreviousGeneration' });
  });

  it('are not switched to while events of them are parked', async () => {
    await start(counting());
    await happen('a', 'poison');
    const generation = await rebuilt();
    await expect(switchTo(generation)).rejects.toMatchObject({
      code: 'GenerationHasParkedEvents',
    });
    await until(async () => (await operations.list())[1]!.parkedEvents === 1);
    const parked = await readModels.scan({ ...parkedEvents, generation }, { limit: 10 });
    expect(parked).toHaveLength(1);
  });

  it('of newer code are built beside the old one, take over when they can answer, and leave the old one alone', async () => {
    await start(counting());
    await seen('a', 'a');
    await generations.stop();
    await start(counting(10, 2));
    await until(async () => (await listed()).length === 2 && (await listed())[1]!.serving);
    await generations.runners[0]!.reached((await log.head())!, 20_000);
    expect(await count('a', 2)).toBe(20);
    await generations.stop();
    await start(counting());
    await seen('a');
    expect(await count('a')).toBe(3);
  });

  it('are built from an empty log and from one event', async () => {
    await start(counting());
    expect(await operations.compare(await rebuilt())).toMatchObject({ differing: 0 });
    await operations.drop(2);
    await until(async () => (await listed()).length === 1);
    await seen('a');
    expect(await operations.compare(await rebuilt())).toMatchObject({
      differing: 0,
      readModels: [{ candidate: 1 }],
    });
  });
});
