import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { RestCaller } from './rest-caller';

const program = join(__dirname, '..', '..', '..', 'standalone', 'src', 'main.js');
const token = 'root-token-of-the-benchmarks';

/** The whole service as its users start it: a process of its own on the embedded stores. */
export class ServiceUnderTest {
  private constructor(
    private readonly child: ChildProcess,
    readonly rest: RestCaller,
    /** From the start of the process to its ready line. */
    readonly readyAfterMilliseconds: number,
  ) {}

  /** Resolves when it is ready. Errors that it logs go to the screen. @throws Error when it ends instead */
  static async start(directory: string): Promise<ServiceUnderTest> {
    const startedAt = performance.now();
    const options = (process.env.FLOWLEDGER_BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean);
    const child = spawn(process.execPath, [...options, '--enable-source-maps', program], {
      env: { ...process.env, ...environment(directory) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ready = new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`The service ended with ${code} before it was ready`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const { msg, http, level } = JSON.parse(line) as { msg?: string; http?: string; level?: number };
        if (msg === 'ready' && http) resolve(http);
        if ((level ?? 0) >= 50) process.stderr.write(`${line}\n`);
      });
    });
    const url = await ready;
    return new ServiceUnderTest(child, new RestCaller(url, token), performance.now() - startedAt);
  }

  /** As a power cut or the kernel's memory killer would end it. */
  async kill(): Promise<void> {
    this.rest.close();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    this.rest.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

const environment = (directory: string): NodeJS.ProcessEnv => ({
  FLOWLEDGER_DATA_DIR: directory,
  FLOWLEDGER_HOST: '127.0.0.1',
  FLOWLEDGER_PORT: '0',
  FLOWLEDGER_CLOUD_PORT: '0',
  FLOWLEDGER_NETFLOW_PORT: 'off',
  FLOWLEDGER_SFLOW_PORT: 'off',
  FLOWLEDGER_EVENT_STORE: 'embedded',
  FLOWLEDGER_READ_MODEL: 'embedded',
  FLOWLEDGER_LOG_FORMAT: 'json',
  FLOWLEDGER_LOG_LEVEL: 'info',
  FLOWLEDGER_ROOT_TOKEN: token,
  FLOWLEDGER_FLOW_LOG_QUOTA: '20000',
  FLOWLEDGER_REQUESTS_PER_MINUTE: '1000000000',
});

/** Runs `work` against a service on `directory` and stops it whatever happens. */
export async function withService<T>(
  directory: string,
  work: (service: ServiceUnderTest) => Promise<T>,
): Promise<T> {
  const service = await ServiceUnderTest.start(directory);
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}
