import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark, Figure } from './benchmark';
import { benchmarks } from './benchmarks';
import { figureTable } from './figure-table';
import { thisMachine } from './support/machine';

const usage = 2;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const known = (): string => benchmarks.map(({ name, about }) => `  ${name.padEnd(18)} ${about}\n`).join('');

const help = (): string => `npm run bench [-- --only <name> [--only <name>]]

${known()}
Raw results, with the machine they were measured on, go to bench/results.`;

function chosen(only: readonly string[]): readonly Benchmark[] {
  const unknown = only.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no benchmark ${unknown.join(', ')}. There are:\n${known()}`);
    process.exit(usage);
  }
  return only.length === 0 ? benchmarks : benchmarks.filter(({ name }) => only.includes(name));
}

/** One benchmark, its raw result in a file. */
async function measure(benchmark: Benchmark, directory: string): Promise<readonly Figure[]> {
  say(`\n${benchmark.name}: ${benchmark.about}`);
  const machine = thisMachine();
  const startedAt = new Date().toISOString();
  const { figures, raw } = await benchmark.run((line) => say(`  ${line}`));
  const file = join(directory, `${benchmark.name}-${startedAt.slice(0, 10)}.json`);
  const { name } = benchmark;
  writeFileSync(file, `${JSON.stringify({ benchmark: name, startedAt, machine, figures, raw }, null, 1)}\n`);
  say(`  raw result: ${file}`);
  return figures.map((figure) => ({ ...figure, name: `${name}: ${figure.name}` }));
}

async function main(): Promise<void> {
  const only = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({ options: { only, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return say(help());
  const wanted = chosen(values.only);
  const directory = join(process.cwd(), 'bench', 'results');
  mkdirSync(directory, { recursive: true });
  const figures: Figure[] = [];
  for (const benchmark of wanted) figures.push(...(await measure(benchmark, directory)));
  say('');
  for (const line of figureTable(figures)) say(line);
}

void main();
