import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../../apps/bench/src/support/machine';
import type { SettingResult } from './soak-setting';

export interface SoakResult {
  readonly startedAt: string;
  readonly machine: Machine;
  readonly seed: number;
  readonly minutes: number;
  readonly balanced: boolean;
  readonly settings: readonly SettingResult[];
}

const listed = 20;
const inWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what}: ${count}`)
    .join(', ');

export const problemsOf = ({ checks }: SettingResult): number =>
  checks.reduce((sum, { problems }) => sum + problems.length, 0);

export function reportOf(result: SettingResult): string[] {
  const { setting, commands, faults, checks } = result;
  return [
    '',
    `${setting}: ${commands.acknowledged} commands acknowledged, ${commands.refused} of them refused`,
    `  faults: ${inWords(faults)}`,
    ...checks.flatMap(({ name, counts, problems }) => [
      `  ${problems.length === 0 ? 'balances' : 'DOES NOT BALANCE'}: ${name}  (${inWords(counts)})`,
      ...problems.slice(0, listed).map((problem) => `    - ${problem}`),
      ...(problems.length > listed ? [`    … and ${problems.length - listed} more in the raw result`] : []),
    ]),
  ];
}

/** @param keep writes a raw result that Git does not ignore */
export function writeResult(result: SoakResult, keep: boolean): string {
  const directory = join(__dirname, 'results');
  mkdirSync(directory, { recursive: true });
  const stamp = result.startedAt.slice(0, 19).replaceAll(':', '');
  const file = join(directory, `soak-${stamp}${keep ? '' : '.local'}.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
  return file;
}
