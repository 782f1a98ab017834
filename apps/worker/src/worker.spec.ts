import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AggregateStore, SystemClock } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { firstGeneration, GenerationView } from '@flowledger/projection-generations';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { ReadModelProgress } from './read-model-progress';
import { Worker } from './worker';

describe('two workers that start together', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  let workers: Worker[];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'worker-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
    workers = ['first', 'second'].map(
      (owner) =>
        new Worker({
          events: log,
          readModels,
          serving: new GenerationView(readModels, new Set(), firstGeneration),
          aggregates: new AggregateStore(log),
          clock: new SystemClock(),
          projections: [],
          processes: [],
          segments: 4,
          progress: new ReadModelProgress(readModels, 4),
          owner,
          leaseMilliseconds: 300,
          claimPauseMilliseconds: 300,
          send: async () => undefined,
          onFailure: () => undefined,
        }),
    );
    await Promise.all(workers.map((worker) => worker.start()));
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });

  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const held = (): number[] => workers.map(({ heldSegments }) => heldSegments);

  it('each hold some of the segments, and together all of them', async () => {
    await until(() => held()[0]! + held()[1]! === 4);
    expect(held()).not.toContain(0);
  });

  it('leave them to the one that stays', async () => {
    await until(() => held()[0]! + held()[1]! === 4);
    await workers[0]!.stop();
    await until(() => held()[1] === 4);
    expect(held()).toEqual([0, 4]);
  });
});
