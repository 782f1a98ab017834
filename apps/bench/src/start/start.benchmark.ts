import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { logPosition } from '@flowledger/event-sourcing';
import { ProcessManagerRuntime } from '@flowledger/process-managers';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import type { Benchmark, Progress } from '../benchmark';
import { flowLogs, prepareLog, rounds } from '../large-log/prepared-log';
import { ServiceUnderTest } from '../service/service-under-test';
import { median, rounded } from '../support/statistics';
import { inTemporaryDirectory } from '../support/temporary-directory';

const starts = 5;

/** The log was not made by the service: its process managers have nothing to do about it. */
async function processesHaveSeen(directory: string, events: number): Promise<void> {
  const readModels = await EmbeddedReadModelStore.open({ directory });
  const checkpoint = { position: logPosition(events) };
  await readModels.commit({ consumer: ProcessManagerRuntime.consumer, writes: [], checkpoint });
  await readModels.close();
}

/** @returns milliseconds from the start of the process to its ready line */
async function startAndKill(directory: string): Promise<number> {
  const service = await ServiceUnderTest.start(directory);
  await service.kill();
  return rounded(service.readyAfterMilliseconds);
}

async function measure(directory: string, progress: Progress) {
  const events = await prepareLog(directory);
  await processesHaveSeen(directory, events);
  const first = await startAndKill(directory);
  progress(`first start, all read models folded from ${events} events: ${first} ms`);
  const afterKill: number[] = [];
  const empty: number[] = [];
  for (let start = 0; start < starts; start++) {
    afterKill.push(await startAndKill(directory));
    empty.push(await startAndKill(await mkdtemp(join(directory, 'empty-'))));
    progress(`after SIGKILL ${afterKill.at(-1)} ms, without any data ${empty.at(-1)} ms`);
  }
  return { events, first, afterKill, empty };
}

export const start: Benchmark = {
  name: 'start',
  about: `start to ready after SIGKILL with ${flowLogs * rounds} events, beside a start without any`,
  async run(progress) {
    const raw = await inTemporaryDirectory((directory) => measure(directory, progress));
    const data = median(raw.afterKill.map((took, index) => took - raw.empty[index]!));
    return {
      figures: [
        {
          name: 'after SIGKILL, to ready',
          value: median(raw.afterKill),
          unit: 'ms',
          promise: { atMost: 3_000 },
        },
        { name: 'without any data, to ready', value: median(raw.empty), unit: 'ms' },
        { name: 'what the data adds', value: data, unit: 'ms' },
        { name: 'first start, read models rebuilt', value: raw.first, unit: 'ms' },
      ],
      raw,
    };
  },
};
