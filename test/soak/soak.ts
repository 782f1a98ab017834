import { cp, mkdtemp, mkdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { thisMachine } from '../../apps/bench/src/support/machine';
import { embedded } from './deployment/embedded';
import { separate } from './deployment/separate';
import { Random } from './random';
import { problemsOf, reportOf, writeResult } from './report';
import { soakSetting } from './soak-setting';
import type { SettingResult } from './soak-setting';

export interface SoakOptions {
  /** Of storm, over all settings. */
  readonly minutes: number;
  readonly seed: number;
  readonly keep: boolean;
  readonly settings: readonly string[];
}

const deployments = { embedded, separate };
export const settingNames = Object.keys(deployments) as (keyof typeof deployments)[];
const root = join(__dirname, '../..');

/** @returns whether everything balanced */
export async function soak({ minutes, seed, keep, settings }: SoakOptions): Promise<boolean> {
  const startedAt = new Date();
  const machine = thisMachine();
  const say = (line: string): void => {
    const seconds = Math.round((Date.now() - startedAt.getTime()) / 1000);
    process.stdout.write(
      line === '' ? '\n' : `[${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}] ${line}\n`,
    );
  };
  say(`seed ${seed}, ${minutes} minutes of storm: ${settings.join(', ')}`);
  const directory = await mkdtemp(join(tmpdir(), 'flowledger-soak-'));
  const program = await copyOfBuild(directory);
  const random = new Random(seed);
  const results: SettingResult[] = [];
  for (const name of settingNames.filter((one) => settings.includes(one))) {
    const site = { program, directory: join(directory, name) };
    await mkdir(site.directory);
    const deployment = await deployments[name](site);
    try {
      const run = startedAt.getTime().toString(36).slice(-6);
      const share = minutes / settings.length;
      const result = await soakSetting({ deployment, random: random.branch(), minutes: share, run, say });
      results.push(result);
      for (const line of reportOf(result)) say(line);
    } finally {
      await Promise.all(deployment.processes.map((process) => process.stop()));
      await deployment.remove();
    }
  }
  const balanced = results.every((result) => problemsOf(result) === 0);
  const result = { startedAt: startedAt.toISOString(), machine, seed, minutes, balanced, settings: results };
  say('');
  say(`raw result: ${relative(root, writeResult(result, keep))}`);
  if (balanced) await rm(directory, { recursive: true, force: true });
  else say(`logs and data: ${directory}`);
  say(balanced ? 'everything balances' : 'it does not balance');
  return balanced;
}

/** The run is of the build as it is now, whatever is built meanwhile. */
async function copyOfBuild(directory: string): Promise<string> {
  for (const part of ['dist', 'package.json'])
    await cp(join(root, part), join(directory, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
  return join(directory, 'dist/apps/standalone/src/main.js');
}
