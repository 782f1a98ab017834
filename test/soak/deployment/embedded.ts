import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { accountId, commonSettings, rootToken } from './deployment';
import type { Deployment, Site } from './deployment';
import { freePort } from './free-port';
import { ProductProcess } from './product-process';
import { storesOf } from './stores-at-rest';
import { WallClock } from './wall-clock';

/** Everything in one process on a data directory. */
export async function embedded({ program, directory }: Site): Promise<Deployment> {
  const data = join(directory, 'data');
  await mkdir(data, { recursive: true });
  const port = await freePort();
  const environment = {
    ...commonSettings,
    FLOWLEDGER_DATA_DIR: data,
    FLOWLEDGER_PORT: `${port}`,
    FLOWLEDGER_ROOT_TOKEN: rootToken,
  };
  const clock = new WallClock(join(directory, 'clock'));
  const logFile = join(directory, 'service.log');
  const service = new ProductProcess({ name: 'service', program, directory, environment, clock, logFile });
  return {
    name: 'embedded',
    processes: [service],
    stores: [],
    url: `http://127.0.0.1:${port}`,
    accountId,
    token: rootToken,
    logStoreDirectory: data,
    openStores: () => storesOf(environment),
    remove: () => Promise.resolve(),
  };
}
