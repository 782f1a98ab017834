import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark, Figure, Progress } from '../benchmark';
import { withService } from '../service/service-under-test';
import { median, rounded } from '../support/statistics';
import { inTemporaryDirectory } from '../support/temporary-directory';
import { createAll, createTarget, untilNone, warmUp } from './creations';
import { measureLists } from './lists';
import { offline, seedNetwork, seedRenames } from './seed';

const flowLogs = Number(process.env.FLOWLEDGER_BENCH_FLOW_LOGS ?? 10_000);
const eventsInLog = 100_000;
const warmUps = 200;
const starts = 3;
const first = [9, 59] as const;
const last = [flowLogs - 51, flowLogs - 1] as const;

async function measure(directory: string, progress: Progress) {
  await offline(directory, (events) => seedNetwork(events, flowLogs));
  progress(`${flowLogs} interfaces in one VPC`);
  const online = await withService(directory, async ({ rest }) => {
    await createTarget(rest);
    await warmUp(rest, warmUps);
    const creations = await createAll(rest, flowLogs, progress);
    const activeAfter = await untilNone(rest, 'status=Activating');
    progress(`all Active ${activeAfter} ms after the last creation was answered`);
    const flowLogIds = creations.map(({ flowLogId }) => flowLogId);
    const sample = flowLogIds.slice(0, 20);
    for (const id of sample) await rest.send('POST', `/flow-logs/${id}/stop`);
    await untilNone(rest, 'status=Deactivating');
    const lists = await measureLists(rest, flowLogIds);
    progress('every list measured');
    return { creations: creations.map(({ milliseconds }) => milliseconds), activeAfter, lists, flowLogIds };
  });
  const { flowLogIds, ...rest } = online;
  const renames = await offline(directory, (events) => seedRenames(events, flowLogIds, eventsInLog));
  progress(`${renames} renames bring the log to ${eventsInLog} events`);
  const backlog = await startTime(directory);
  const restarts: number[] = [];
  for (let start = 0; start < starts; start++) restarts.push(await startTime(directory));
  await rm(join(directory, 'read-models.db'));
  const rebuild = await startTime(directory);
  progress(
    `restart ${restarts.join(', ')} ms; after ${renames} unseen events ${backlog}; rebuild ${rebuild}`,
  );
  return { ...rest, renames, starts: { restarts, backlog, rebuild } };
}

const startTime = (directory: string): Promise<number> =>
  withService(directory, ({ readyAfterMilliseconds }) => Promise.resolve(rounded(readyAfterMilliseconds)));

type Raw = Awaited<ReturnType<typeof measure>>;

function figuresOf({ creations, activeAfter, lists, renames, starts: { restarts, backlog, rebuild } }: Raw) {
  const [tenth, tenThousandth] = [first, last].map((range) => median(creations.slice(...range)));
  const slowest = Object.entries(lists).sort(([, a], [, b]) => b.p99 - a.p99);
  const figures: Figure[] = [
    { name: 'creation, around the 10th, p50', value: tenth!, unit: 'ms' },
    { name: `creation, around the ${flowLogs}th, p50`, value: tenThousandth!, unit: 'ms' },
    {
      name: `creation, ${flowLogs}th to 10th`,
      value: tenThousandth! / tenth!,
      unit: 'ratio',
      promise: { atMost: 1.5 },
    },
    { name: 'all Active after the last answer', value: activeAfter, unit: 'ms' },
    ...slowest.map(([name, { p99 }]) => ({
      name: `list by ${name}, p99`,
      value: p99,
      unit: 'ms',
      promise: { atMost: 20 },
    })),
    {
      name: `start to ready, ${eventsInLog} events`,
      value: median(restarts),
      unit: 'ms',
      promise: { atMost: 5_000 },
    },
    { name: `start to ready, ${renames} of them unseen`, value: backlog, unit: 'ms' },
    { name: 'start to ready, read models rebuilt', value: rebuild, unit: 'ms' },
  ];
  return figures;
}

export const flowLogsBenchmark: Benchmark = {
  name: 'flow-logs-10000',
  about: `${flowLogs} flow logs over REST: creation, lists, start`,
  async run(progress) {
    const raw = await inTemporaryDirectory((directory) => measure(directory, progress));
    // Each creation would fill pages: the file keeps the median of every hundred.
    const creations = Array.from({ length: flowLogs / 100 }, (_, hundred) =>
      rounded(median(raw.creations.slice(hundred * 100, hundred * 100 + 100))),
    );
    return { figures: figuresOf(raw), raw: { ...raw, creations } };
  },
};
