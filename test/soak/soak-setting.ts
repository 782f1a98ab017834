import { setTimeout as pause } from 'node:timers/promises';
import type { Check } from './balance/check';
import { commandsAgainstEvents } from './balance/commands';
import { documentsAgainstFold } from './balance/documents';
import { livesOfFlowLogs } from './balance/lives';
import { LogOfRun } from './balance/log-of-run';
import { stepsAgainstEffects } from './balance/process-steps';
import { memoryIsFlat, processesAreSound } from './balance/processes';
import { shownEntries } from './balance/shown-entries';
import { shownStates } from './balance/shown-states';
import { logIsWhole } from './balance/whole-log';
import { windowsAgainstBooks } from './balance/windows';
import type { Deployment } from './deployment/deployment';
import { Memory } from './faults/memory';
import type { MemoryOfProcess } from './faults/memory';
import { Storm } from './faults/storm';
import { Cell } from './load/cell';
import { Door } from './load/door';
import { Ledger } from './load/ledger';
import { Operator } from './load/operator';
import { keepTrafficFlowing } from './load/traffic';
import type { Random } from './random';

export interface SettingResult {
  readonly setting: string;
  readonly minutes: number;
  readonly commands: { readonly acknowledged: number; readonly refused: number };
  readonly faults: Readonly<Record<string, number>>;
  readonly memory: readonly MemoryOfProcess[];
  /** Warnings and errors by process and message. */
  readonly complaints: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly checks: readonly Check[];
}

export interface SettingOptions {
  readonly deployment: Deployment;
  readonly random: Random;
  readonly minutes: number;
  /** Part of every name. */
  readonly run: string;
  readonly say: (line: string) => void;
}

const cellCount = 6;
/** Share of the time in which processes are killed, too. */
const deadlyShare = 0.55;
const settlePatience = 2 * 60_000;

/** Builds, storms, settles, balances. */
export async function soakSetting({
  deployment,
  random,
  minutes,
  run,
  say,
}: SettingOptions): Promise<SettingResult> {
  const { processes, accountId } = deployment;
  for (const process of processes) process.start();
  await Promise.all(processes.map((process) => process.untilReady()));
  const ledger = new Ledger(accountId, run);
  const door = new Door(deployment.url, deployment.token, ledger);
  const cells = Array.from({ length: cellCount }, (_, index) => new Cell(index + 1, run));
  const operators = cells.map((cell) => new Operator(door, cell, random.branch(), run));
  await Promise.all(operators.map((operator) => operator.setUp()));
  say(`${deployment.name}: set up, ${ledger.acknowledged} commands`);

  const storm = new Storm(deployment, random.branch());
  const memory = new Memory(processes);
  const told = setInterval(() => {
    const deaths = processes.reduce((sum, { lives }) => sum + lives - 1, 0);
    const megabytes = processes
      .map((process) => `${process.name} ${Math.round(process.megabytes ?? 0)}`)
      .join(', ');
    const faults = Object.values(storm.counts).reduce((sum, count) => sum + count, 0);
    say(
      `${deployment.name}: ${ledger.acknowledged} of ${ledger.entries.length} commands acknowledged, ` +
        `${ledger.refused} refused, ${faults} faults, ${deaths} restarts, MB: ${megabytes}`,
    );
  }, 30_000);

  const timeOf = (share: number) => AbortSignal.timeout(Math.round(share * minutes * 60_000));
  const end = timeOf(1);
  const traffic = keepTrafficFlowing(door, end);
  const work = Promise.all(operators.map((operator) => operator.work(end)));
  await storm.rage('full', timeOf(deadlyShare));
  await storm.rage('without deaths', end);
  const failures: string[] = [];
  for (const part of [work, traffic]) await part.catch((error: unknown) => failures.push(String(error)));
  const memoryOfProcesses = memory.stop();

  say(`${deployment.name}: the storm is over, settling`);
  const checks = await settled(deployment, cells, door);
  clearInterval(told);
  const stops = new Map<string, number | string>();
  await Promise.all(processes.map(async (process) => stops.set(process.name, await process.stop())));
  checks.push(
    { name: 'every command was answered', counts: {}, problems: failures },
    processesAreSound(processes, stops),
    memoryIsFlat(memoryOfProcesses),
    await windowsAgainstBooks(deployment.logStoreDirectory, cells),
  );
  const stores = await deployment.openStores();
  try {
    const log = await LogOfRun.read(stores.events);
    checks.push(logIsWhole(log), commandsAgainstEvents(ledger, log), livesOfFlowLogs(cells, log));
    checks.push(stepsAgainstEffects(log), await documentsAgainstFold(stores));
  } finally {
    await stores.close();
  }
  const { acknowledged, refused } = ledger;
  return {
    setting: deployment.name,
    minutes,
    commands: { acknowledged, refused },
    faults: storm.counts,
    memory: memoryOfProcesses,
    complaints: Object.fromEntries(
      processes.map(({ name, complaints }) => [name, Object.fromEntries(complaints.counts)]),
    ),
    checks,
  };
}

/** Until what is shown is what must be, and nothing is written any more; what it is not after minutes is a finding. */
async function settled({ processes }: Deployment, cells: readonly Cell[], door: Door): Promise<Check[]> {
  const furthest = Math.max(...processes.map(({ clock }) => clock.furthest));
  for (const { clock } of processes) clock.setAfterAll(furthest);
  const giveUpAt = performance.now() + settlePatience;
  for (;;) {
    const checks = [await shownStates(cells, door), await shownEntries(cells, door)];
    if (checks.every(({ problems }) => problems.length === 0) || performance.now() > giveUpAt) {
      // What follows from the last step has a moment to happen.
      await pause(10_000);
      return checks;
    }
    await pause(2_000);
  }
}
