import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { ServiceProcess } from './service-process';

const program = resolve(__dirname, '../../../dist/apps/cli/src/main.js');

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs any program of Node to its end. */
export const runNode = (words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> =>
  new Promise((resolved) => {
    const settings = { env: { PATH: process.env.PATH, ...environment }, maxBuffer: 2 ** 28 };
    const child = execFile(process.execPath, [...words], settings, (_, stdout, stderr) =>
      resolved({ code: child.exitCode ?? 1, stdout, stderr }),
    );
  });

/** `flowledger …` against a service, with its administrator's token. */
export const flowledger = (service: ServiceProcess, ...words: string[]): Promise<Ran> =>
  runNode([program, ...words], {
    ...service.settings,
    FLOWLEDGER_URL: service.api.url,
    FLOWLEDGER_TOKEN: service.settings.FLOWLEDGER_ROOT_TOKEN,
  });
