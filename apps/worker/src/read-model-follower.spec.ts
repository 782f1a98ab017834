import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, segmentConsumer } from '@flowledger/event-sourcing';
import type { LogPosition, RecordedEvent } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { ReadModelFollower } from './read-model-follower';
import { ReadModelProgress } from './read-model-progress';

const accountId = '1000000000000001';

describe('read models that two segments fold', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  let progress: ReadModelProgress;
  let follower: ReadModelFollower;
  let told: RecordedEvent[];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'follower-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
    progress = new ReadModelProgress(readModels, 2);
    told = [];
    follower = new ReadModelFollower({
      events: log,
      progress,
      onFailure: (error) => {
        throw error;
      },
    });
    follower.onCommitted((events) => told.push(...events));
  });
  afterEach(async () => {
    await follower.stop();
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });

  const happen = async (stream: string): Promise<LogPosition> => {
    const id = newId();
    const metadata = {
      ...{ $correlationId: id, $causationId: id, actor: 'system:test' },
      ...{ accountId, command: 'Test', schemaVersion: 1 },
    };
    const event = { id, type: 'Happened', data: {}, metadata };
    return (await log.append(stream, 'no-stream', [event])).position;
  };
  const fold = (index: number, position: LogPosition): Promise<void> =>
    readModels.commit({
      consumer: segmentConsumer('projections', { index, of: 2 }),
      writes: [],
      checkpoint: { position },
    });

  it('have passed nothing while one has no checkpoint', async () => {
    const position = await happen('thing-1');
    await fold(0, position);
    expect(await progress.position()).toBeUndefined();
    expect(await progress.reached(position, 20)).toBe(false);
  });

  it('have passed what the slower of them has', async () => {
    const [first, second] = [await happen('thing-1'), await happen('thing-2')];
    await fold(0, second);
    await fold(1, first);
    expect(await progress.position()).toEqual(first);
    expect(await progress.reached(second, 20)).toBe(false);
    const waited = progress.reached(second, 20_000);
    await fold(1, second);
    progress.stir();
    expect(await waited).toBe(true);
  });

  it('are followed no further than both have come, and each event is told once', async () => {
    const first = await happen('thing-1');
    await fold(0, first);
    await fold(1, first);
    follower.start();
    await follower.untilReady();
    expect(told).toEqual([]);
    const second = await happen('thing-2');
    await fold(0, second);
    expect(await follower.reached(second, 100)).toBe(false);
    expect(told).toEqual([]);
    await fold(1, second);
    expect(await follower.reached(second, 20_000)).toBe(true);
    expect(told.map(({ stream }) => stream)).toEqual(['thing-2']);
    expect(follower.position).toEqual(second);
  });

  it('are followed by one process where a lease says so', async () => {
    const position = await happen('thing-1');
    await fold(0, position);
    await fold(1, position);
    const other = await readModels.claim('data-plane', 'other', 60_000);
    const lease = { name: 'data-plane', owner: 'mine', leases: readModels };
    const single = new ReadModelFollower({
      events: log,
      progress,
      lease,
      leaseMilliseconds: 60,
      onFailure: () => undefined,
    });
    single.start();
    expect(await single.reached(position, 150)).toBe(false);
    await readModels.release(other!);
    expect(await single.reached(position, 20_000)).toBe(true);
    await single.stop();
  });
});
