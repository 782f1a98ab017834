import { SystemClock } from '@flowledger/event-sourcing';
import type { ProcessInput } from '@flowledger/event-sourcing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { ProcessTimers } from './process-timers';

const cause = { correlationId: 'c', accountId: '1000000000000001' };
const overdue = { timerId: 't', dueAt: '2020-01-01T00:00:00.000Z' };

describe('process timers', () => {
  let directory: string;
  let readModels: EmbeddedReadModelStore;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'process-timers-'));
    readModels = await EmbeddedReadModelStore.open({ directory });
  });
  afterEach(async () => {
    await readModels.close();
    rmSync(directory, { recursive: true });
  });

  it('fires again, as the same input, what failed to fire, and says so', async () => {
    const fired: ProcessInput[] = [];
    const failures: unknown[] = [];
    await new Promise<void>((resolve) => {
      const timers = new ProcessTimers(
        readModels,
        new SystemClock(),
        async (_process, _instance, input) => {
          fired.push(input);
          if (fired.length === 1) throw new Error('not now');
          resolve();
        },
        (error) => failures.push(error),
      );
      timers.set('shipping', 'a', cause, [overdue, overdue]);
    });
    expect(fired).toHaveLength(2);
    expect(fired[1]).toEqual(fired[0]);
    expect(failures).toEqual([new Error('not now')]);
  });

  it('waits, when stopped, for what is firing, and sets nothing afterwards', async () => {
    let begun: () => void = () => undefined;
    const firing = new Promise<void>((resolve) => (begun = resolve));
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const done: string[] = [];
    const timers = new ProcessTimers(readModels, new SystemClock(), async (_process, instance) => {
      begun();
      await released;
      done.push(instance);
    });
    timers.set('shipping', 'a', cause, [overdue]);
    await firing;
    const stopped = timers.stop().then(() => [...done]);
    timers.set('shipping', 'b', cause, [overdue]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    release();
    expect(await stopped).toEqual(['a']);
    expect(done).toEqual(['a']);
  });
});
