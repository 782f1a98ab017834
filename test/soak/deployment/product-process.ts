import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { exitOf, isRunning, residentMegabytes } from './child-process';
import { Complaints } from './complaints';
import type { WallClock } from './wall-clock';

export interface ProductProcessOptions {
  readonly name: string;
  /** The compiled service. */
  readonly program: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: WallClock;
  readonly logFile: string;
}

const preload = join(__dirname, '../children/jumping-clock.js');

/** One process of the service under supervision: whatever ends it, it is started again, until it is told to stop. */
export class ProductProcess {
  readonly complaints: Complaints;
  /** Ends that nobody asked for. */
  readonly unexpectedEnds: string[] = [];
  lives = 0;
  private child: ChildProcess | undefined;
  private startedAt = 0;
  private killed = false;
  private stopping = false;
  private says: Promise<void> = Promise.resolve();

  constructor(private readonly options: ProductProcessOptions) {
    this.complaints = new Complaints(options.logFile);
  }

  get name(): string {
    return this.options.name;
  }

  get clock(): WallClock {
    return this.options.clock;
  }

  /** Seconds since it was started last. */
  get age(): number {
    return (performance.now() - this.startedAt) / 1000;
  }

  get megabytes(): number | undefined {
    return this.child && isRunning(this.child) ? residentMegabytes(this.child) : undefined;
  }

  start(): void {
    const { program, directory, environment, name, clock } = this.options;
    this.lives += 1;
    this.startedAt = performance.now();
    this.killed = false;
    const child = spawn(process.execPath, ['--enable-source-maps', '--require', preload, program], {
      cwd: directory,
      env: { PATH: process.env.PATH, SOAK_CLOCK_FILE: clock.file, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    createInterface(child.stderr).on('line', (line) => this.complaints.standardError(line));
    this.says = new Promise((isReady) => {
      createInterface(child.stdout).on('line', (line) => {
        if (this.complaints.line(line) === 'ready') isReady();
      });
    });
    child.once('exit', (code, signal) => {
      if (this.stopping) return;
      if (!this.killed) this.unexpectedEnds.push(`${name} ended with ${code ?? signal}`);
      void pause(this.killed ? 100 : 1_000).then(() => this.stopping || this.start());
    });
  }

  untilReady(): Promise<void> {
    return this.says;
  }

  kill(): void {
    this.killed = true;
    this.signal('SIGKILL');
  }

  /** Stands still for a while, and does not know it. */
  async freeze(milliseconds: number): Promise<void> {
    this.signal('SIGSTOP');
    const { child } = this;
    await pause(milliseconds);
    if (child === this.child) this.signal('SIGCONT');
  }

  /** @returns the exit code, or the signal that ended it; SIGKILL when it takes too long */
  async stop(patience = 30_000): Promise<number | string> {
    this.stopping = true;
    const { child } = this;
    if (!child || !isRunning(child)) return 'it was not running';
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), patience);
    const end = await exitOf(child);
    clearTimeout(timer);
    return end;
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.child && isRunning(this.child)) this.child.kill(signal);
  }
}
