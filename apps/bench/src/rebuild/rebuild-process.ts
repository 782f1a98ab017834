import { performance } from 'node:perf_hooks';
import { accessProjections } from '@flowledger/access';
import { collectionScopeProjections } from '@flowledger/collection-scope';
import { upcasters } from '@flowledger/event-catalogue';
import { ProjectionRunner } from '@flowledger/event-sourcing';
import { UpcastingEventStore } from '@flowledger/event-store-upcasting';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { flowLogProjections } from '@flowledger/flow-log';
import { logServiceProjections } from '@flowledger/log-service';
import { networkProjections } from '@flowledger/network';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';

/** What one rebuild took, in a process of its own so that its memory can be told. */
export interface Rebuilt {
  readonly milliseconds: number;
  /** Of the processor, all threads: what it would take with nobody else on the machine is between this and the above. */
  readonly cpuMilliseconds: number;
  /** Resident bytes with everything open and nothing done. */
  readonly idleBytes: number;
  readonly peakBytes: number;
}

const projections = [
  ...networkProjections,
  ...logServiceProjections,
  ...accessProjections,
  ...flowLogProjections,
  ...collectionScopeProjections,
];

async function rebuild(logDirectory: string, readModelDirectory: string): Promise<Rebuilt> {
  const log = await EmbeddedEventStore.open({ directory: logDirectory });
  const readModels = await EmbeddedReadModelStore.open({ directory: readModelDirectory });
  const events = new UpcastingEventStore(log, upcasters);
  const onFailure = (error: unknown): never => {
    throw error;
  };
  const runner = new ProjectionRunner({ events, readModels, projections, onFailure });
  const idleBytes = process.memoryUsage.rss();
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await runner.start();
  await runner.untilReady(3_600_000);
  const milliseconds = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  await runner.stop();
  await readModels.close();
  await log.close();
  return {
    milliseconds,
    cpuMilliseconds: (cpu.user + cpu.system) / 1000,
    idleBytes,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

const [, , logDirectory, readModelDirectory] = process.argv;
void rebuild(logDirectory!, readModelDirectory!).then((rebuilt) =>
  process.stdout.write(JSON.stringify(rebuilt)),
);
