import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from './failures';

const serviceProgram = join(__dirname, '..', '..', 'standalone', 'src', 'main.js');
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The service as a child that ends with this process: signals are handed on. @throws ConfigurationError */
export class ServiceProcess {
  private readonly ended: Promise<number>;

  private constructor(readonly child: ChildProcess) {
    for (const signal of forwarded) process.on(signal, this.forward);
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
    });
    this.ended
      .catch(() => undefined)
      .finally(() => forwarded.forEach((signal) => process.off(signal, this.forward)));
  }

  static start(environment: NodeJS.ProcessEnv, stdio: StdioOptions): ServiceProcess {
    if (!existsSync(serviceProgram)) {
      throw new ConfigurationError(`${serviceProgram} is missing: "npm run build" makes it`);
    }
    const parameters = ['--enable-source-maps', serviceProgram];
    return new ServiceProcess(spawn(process.execPath, parameters, { env: environment, stdio }));
  }

  /** Exit code; 128 and the signal's number when a signal ended it. */
  end(): Promise<number> {
    return this.ended;
  }

  async stop(): Promise<number> {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  private readonly forward = (signal: NodeJS.Signals): void => {
    this.child.kill(signal);
  };
}
