import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { fillLog, PassingTime } from './fill-log';
import { largeLog } from './large-log';

export const flowLogs = Number(process.env.FLOWLEDGER_BENCH_FLOW_LOGS ?? 10_000);
export const rounds = 100;

/**
 * A large log in the directory: a copy of the one in `FLOWLEDGER_BENCH_LOG`, or made now, which takes minutes.
 * @returns the number of its events
 */
export async function prepareLog(directory: string): Promise<number> {
  const earlier = process.env.FLOWLEDGER_BENCH_LOG;
  if (earlier) await copyFile(join(earlier, 'events.db'), join(directory, 'events.db'));
  const log = await EmbeddedEventStore.open({ directory, clock: new PassingTime() });
  try {
    if (!earlier) await fillLog(log, largeLog({ flowLogs, rounds }));
    return Number((await log.head())?.commit ?? 0n);
  } finally {
    await log.close();
  }
}
