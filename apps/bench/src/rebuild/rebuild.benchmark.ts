import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Benchmark, Figure, Progress } from '../benchmark';
import { flowLogs, prepareLog, rounds } from '../large-log/prepared-log';
import { median, rounded } from '../support/statistics';
import { inTemporaryDirectory } from '../support/temporary-directory';
import { bareRead, bareUpserts } from './bare-rebuild';
import type { Rebuilt } from './rebuild-process';

const runs = 3;

interface Run extends Rebuilt {
  readonly bareReadMilliseconds: number;
  readonly bareUpsertMilliseconds: number;
}

/** The product's rebuild in a process of its own, then what the two files allow at best, in this one. */
async function measureOnce(directory: string): Promise<Run & { documents: number }> {
  const readModels = await mkdtemp(join(directory, 'read-models-'));
  const program = join(__dirname, 'rebuild-process.js');
  const options = (process.env.FLOWLEDGER_BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean);
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...options,
    program,
    directory,
    readModels,
  ]);
  const bareReadMilliseconds = await bareRead(directory);
  const { rows, took } = await bareUpserts(readModels, readModels);
  const rebuilt = JSON.parse(stdout) as Rebuilt;
  return { ...rebuilt, bareReadMilliseconds, bareUpsertMilliseconds: took, documents: rows };
}

async function measure(directory: string, progress: Progress) {
  const events = await prepareLog(directory);
  progress(`${events} events of ${flowLogs} flow logs`);
  const results: (Run & { documents: number })[] = [];
  for (let run = 0; run < runs; run++) {
    const result = await measureOnce(directory);
    results.push(result);
    const { milliseconds, cpuMilliseconds, documents } = result;
    progress(
      `${documents} documents in ${Math.round(milliseconds)} ms, ${Math.round(cpuMilliseconds)} of the processor`,
    );
  }
  return { events, flowLogs, runs: results };
}

const mebibyte = 2 ** 20;

function figuresOf({ events, runs: results }: Awaited<ReturnType<typeof measure>>): Figure[] {
  const middle = (of: (run: Run) => number): number => rounded(median(results.map(of)));
  return [
    {
      name: 'all read models',
      value: middle(({ milliseconds }) => (events * 1000) / milliseconds),
      unit: 'events/s',
      promise: { atLeast: 40_000 },
    },
    {
      name: 'all read models, by processor time',
      value: middle(({ cpuMilliseconds }) => (events * 1000) / cpuMilliseconds),
      unit: 'events/s',
    },
    {
      name: 'reading and parsing the log, bare SQLite',
      value: middle(({ bareReadMilliseconds }) => (events * 1000) / bareReadMilliseconds),
      unit: 'events/s',
    },
    {
      name: 'rebuild to bare read and upserts',
      value: middle(
        ({ milliseconds, bareReadMilliseconds: read, bareUpsertMilliseconds: upserts }) =>
          milliseconds / (read + upserts),
      ),
      unit: 'times',
    },
    {
      name: 'memory above idle',
      value: rounded(
        Math.max(...results.map(({ peakBytes, idleBytes }) => (peakBytes - idleBytes) / mebibyte)),
      ),
      unit: 'MiB',
      promise: { atMost: 300 },
    },
  ];
}

export const rebuild: Benchmark = {
  name: 'rebuild',
  about: `every read model from a log of ${flowLogs * rounds} events, beside bare SQLite on the same rows`,
  async run(progress) {
    const raw = await inTemporaryDirectory((directory) => measure(directory, progress));
    return { figures: figuresOf(raw), raw };
  },
};
