import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceProcess } from './service-process';
import type { Environment } from './service-process';

/** Seconds after which another worker takes over from a dead one. */
export const leaseSeconds = 3;

/** The service as four processes on shared stores: two workers, a collector and an api. */
export class ServiceInParts {
  private constructor(
    readonly workers: readonly [ServiceProcess, ServiceProcess],
    readonly collector: ServiceProcess,
    readonly api: ServiceProcess,
    private readonly keys: string,
  ) {}

  /** Resolves when all of them are ready. They start together: each waits for what it needs of the others. */
  static async start(stores: Environment): Promise<ServiceInParts> {
    const keys = await mkdtemp(join(tmpdir(), 'flowledger-keys-'));
    const collectorPort = `${await freePort()}`;
    const shared = {
      ...stores,
      FLOWLEDGER_KEY_DIR: keys,
      FLOWLEDGER_INTERNAL_SECRET: randomBytes(24).toString('hex'),
      FLOWLEDGER_LEASE_SECONDS: `${leaseSeconds}`,
      FLOWLEDGER_COLLECTOR_URL: `http://127.0.0.1:${collectorPort}`,
    };
    const part = (role: string, more: Environment = {}) =>
      ServiceProcess.start({ ...shared, FLOWLEDGER_ROLE: role, ...more });
    const [first, second, collector, api] = await Promise.all([
      part('worker'),
      part('worker'),
      part('collector', { FLOWLEDGER_PORT: collectorPort }),
      part('api'),
    ]);
    return new ServiceInParts([first, second], collector, api, keys);
  }

  /** Ends each part in turn, as a new release would, and waits until it is ready again before the next. */
  async restartInTurn(): Promise<(number | string | null)[]> {
    const ends: (number | string | null)[] = [];
    for (const part of this.parts) {
      ends.push(await part.end('SIGTERM'));
      await part.start();
    }
    return ends;
  }

  async remove(): Promise<void> {
    await Promise.all(this.parts.map((part) => part.remove()));
    await rm(this.keys, { recursive: true, force: true });
  }

  private get parts(): readonly ServiceProcess[] {
    return [...this.workers, this.collector, this.api];
  }
}

/** Taken by nobody a moment ago: a process that is started again must have the port that others know. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
