import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { LogConsumer } from './log-consumer';
import type { BackOff, LogHandler } from './log-consumer';

const quick: BackOff = { firstMilliseconds: 2, longestMilliseconds: 16 };

describe('a log consumer', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  let consumer: LogConsumer;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'log-consumer-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
  });
  afterEach(async () => {
    await consumer.stop();
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });

  /** Fails until it was called as often as told; resolves at the live edge. */
  const consume = (failures: number, backOff: BackOff) => {
    const delays: number[] = [];
    const errors: unknown[] = [];
    let calls = 0;
    let failed: () => void = () => undefined;
    const firstFailure = new Promise<void>((resolve) => (failed = resolve));
    const live = new Promise<void>((resolve) => {
      const handler: LogHandler = {
        name: 'test',
        resumeAfter: async () => {
          if (calls++ < failures) throw new Error('not yet');
          return undefined;
        },
        events: async () => undefined,
        checkpoint: async () => undefined,
        caughtUp: async () => resolve(),
        position: undefined,
        report: () => ({}),
        failed: (error, delay) => {
          errors.push(error);
          delays.push(delay);
          failed();
        },
      };
      consumer = new LogConsumer(log, readModels, handler, { backOff });
      consumer.start();
    });
    return { delays, errors, live, firstFailure };
  };

  it('tries again without end, waiting longer each time, between half and all of the bound', async () => {
    const { delays, live } = consume(40, quick);
    await live;
    expect(delays).toHaveLength(40);
    delays.forEach((delay, index) => {
      const bound = Math.min(16, 2 * 2 ** index);
      expect(delay).toBeGreaterThanOrEqual(bound / 2);
      expect(delay).toBeLessThanOrEqual(bound);
    });
    expect(new Set(delays.slice(3)).size).toBeGreaterThan(1);
    expect(consumer.state).toBe('live');
  });

  it('begins with the shortest wait again after a success', async () => {
    const { delays, live } = consume(5, quick);
    await live;
    // Awaited, so that the message in hand is known to be done before the log ends.
    await new Promise((resolve) => setImmediate(resolve));
    await log.close();
    while (delays.length < 6) await new Promise((resolve) => setImmediate(resolve));
    expect(delays[5]).toBeLessThanOrEqual(2);
    log = await EmbeddedEventStore.open({ directory });
  });

  it('counts an end without an error as a failure', async () => {
    const ended = new Promise<unknown>((resolve) => {
      const handler: LogHandler = {
        name: 'test',
        resumeAfter: async () => undefined,
        events: async () => undefined,
        checkpoint: async () => undefined,
        caughtUp: async () => undefined,
        position: undefined,
        report: () => ({}),
        failed: resolve,
      };
      const politelyEnding = Object.create(log, {
        subscribe: { value: () => log.subscribe({ signal: AbortSignal.abort() }) },
      }) as EmbeddedEventStore;
      consumer = new LogConsumer(politelyEnding, readModels, handler, { backOff: quick });
      consumer.start();
    });
    expect(await ended).toMatchObject({ message: 'the subscription ended without an error' });
  });

  it('stops at once while it waits', async () => {
    const { firstFailure, errors } = consume(Infinity, {
      firstMilliseconds: 1e9,
      longestMilliseconds: 1e9,
    });
    await firstFailure;
    await consumer.stop();
    expect(consumer.state).toBe('stopped');
    expect(errors).toHaveLength(1);
  });
});
