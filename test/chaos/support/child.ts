import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterThisTest } from '../frame/clean-up';

export type Said = Readonly<Record<string, unknown>>;

/** A script of `children` as a process of its own, which says JSON lines; killed after the test. */
export class Child {
  readonly said: Said[] = [];
  private ended = false;
  private readonly listeners = new Set<() => void>();

  private constructor(private readonly process: ChildProcess) {
    createInterface(process.stdout!).on('line', (line) => {
      this.said.push(JSON.parse(line) as Said);
      this.wake();
    });
    process.once('close', () => {
      this.ended = true;
      this.wake();
    });
  }

  static start(script: string, given: object): Child {
    const file = join(__dirname, '../children', script);
    const child = new Child(
      spawn(process.execPath, [file, JSON.stringify(given)], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    afterThisTest(() => child.kill());
    return child;
  }

  /** Once it says something with these members, from the given line on. */
  async says(wanted: Said, from = 0): Promise<void> {
    const matches = (said: Said): boolean =>
      Object.entries(wanted).every(([name, value]) => said[name] === value);
    while (!this.said.slice(from).some(matches)) {
      if (this.ended) throw new Error(`it ended without ${JSON.stringify(wanted)}`);
      await this.next();
    }
  }

  /** The last value it gave for the name. */
  last(name: string): unknown {
    return this.said.findLast((said) => name in said)?.[name];
  }

  /** Until it says anything more, or ends. */
  next(): Promise<void> {
    return new Promise((resolve) => this.listeners.add(resolve));
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.process.kill(signal);
  }

  async kill(): Promise<void> {
    if (this.ended) return;
    const closed = once(this.process, 'close');
    this.process.kill('SIGKILL');
    await closed;
  }

  private wake(): void {
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
