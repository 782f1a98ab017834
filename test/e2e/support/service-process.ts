import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from './api-client';

export type Environment = Readonly<Record<string, string>>;

const root = resolve(__dirname, '../../..');
const program = join(root, 'dist/apps/standalone/src/main.js');
const rootToken = 'root-token-of-this-test';

/** A data directory and the compiled service on it, as a process of its own: it can be killed and started again. */
export class ServiceProcess {
  readonly api = new ApiClient(rootToken);
  private child: ChildProcess | undefined;
  private log: string[] = [];

  private constructor(
    readonly directory: string,
    private readonly environment: Environment,
  ) {}

  static async start(environment: Environment = {}): Promise<ServiceProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'flowledger-e2e-'));
    const service = new ServiceProcess(directory, environment);
    await service.start();
    return service;
  }

  /** Resolves when it says that it is ready. `preload` is a script that node loads first. */
  async start(environment: Environment = {}, preload?: string): Promise<void> {
    const first = preload ? ['--require', preload] : [];
    const child = spawn(process.execPath, ['--enable-source-maps', ...first, program], {
      cwd: this.directory,
      env: { PATH: process.env.PATH, ...this.settings, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.log = [];
    child.stderr.on('data', (data: Buffer) => this.log.push(data.toString()));
    const url = await new Promise<string>((isReady, isGone) => {
      createInterface(child.stdout).on('line', (line) => {
        const said = JSON.parse(line) as { msg: string; http: string; level: number };
        if (said.level > 30) this.log.push(line);
        if (said.msg === 'ready') isReady(said.http);
      });
      child.once('exit', (code, signal) =>
        isGone(new Error(`The service ended with ${code ?? signal}: ${this.complaints}`)),
      );
    });
    this.api.url = url;
  }

  /** Settings that reach the service on this data directory, for other programs too. */
  get settings(): Environment {
    return {
      FLOWLEDGER_DATA_DIR: this.directory,
      FLOWLEDGER_PORT: '0',
      FLOWLEDGER_LOG_FORMAT: 'json',
      FLOWLEDGER_ROOT_TOKEN: rootToken,
      ...this.environment,
    };
  }

  /** Warnings, errors and everything on standard error since the last start. */
  get complaints(): string {
    return this.log.join('\n');
  }

  /** False once the process has ended, by whatever cause. */
  get runs(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** A request fails a moment before the end of the process that answered it is known here: waits for that moment. */
  async settled(): Promise<void> {
    for (let rounds = 0; this.runs && rounds < 50; rounds++) await pause(10);
  }

  /** @returns the exit code, or the signal that ended it */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string | null> {
    const { child } = this;
    if (!child || !this.runs) return null;
    const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
    child.kill(signal);
    const [code, endedBy] = await exited;
    return code ?? endedBy;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }
}
