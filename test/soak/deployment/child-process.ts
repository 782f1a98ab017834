import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

export const isRunning = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null;

export const exitOf = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve) => {
    if (isRunning(child)) child.once('exit', (code, signal) => resolve(code ?? signal ?? -1));
    else resolve(child.exitCode ?? child.signalCode ?? -1);
  });

/** Megabytes in memory; undefined when the process is gone. Linux only. */
export function residentMegabytes({ pid }: ChildProcess): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
