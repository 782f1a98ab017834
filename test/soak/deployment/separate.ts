import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { accountId, commonSettings, rootToken } from './deployment';
import type { Deployment, Site } from './deployment';
import { freePort } from './free-port';
import { ProductProcess } from './product-process';
import { openSharedStores } from './shared-stores';
import { storesOf } from './stores-at-rest';
import { WallClock } from './wall-clock';

/** Two workers, an api and a collector, each a process with a wall clock of its own, on stores that they share. */
export async function separate({ program, directory }: Site): Promise<Deployment> {
  const stores = await openSharedStores();
  const [apiPort, collectorPort] = [await freePort(), await freePort()];
  const keys = join(directory, 'keys');
  await mkdir(keys, { recursive: true });
  const shared = {
    ...commonSettings,
    FLOWLEDGER_EVENT_STORE: 'eventstoredb',
    FLOWLEDGER_EVENTSTORE_URL: stores.eventsUrl,
    FLOWLEDGER_READ_MODEL: 'mongodb',
    FLOWLEDGER_MONGODB_URL: stores.documentsUrl,
    FLOWLEDGER_INTERNAL_SECRET: 'secret-between-the-processes-of-the-soak',
    FLOWLEDGER_KEY_DIR: keys,
  };
  const environmentOf = (name: string, own: Readonly<Record<string, string>>) => ({
    ...shared,
    FLOWLEDGER_DATA_DIR: join(directory, name),
    FLOWLEDGER_PORT: '0',
    ...own,
  });
  const roles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'worker-1': { FLOWLEDGER_ROLE: 'worker' },
    'worker-2': { FLOWLEDGER_ROLE: 'worker' },
    collector: { FLOWLEDGER_ROLE: 'collector', FLOWLEDGER_PORT: `${collectorPort}` },
    api: {
      FLOWLEDGER_ROLE: 'api',
      FLOWLEDGER_PORT: `${apiPort}`,
      FLOWLEDGER_ROOT_TOKEN: rootToken,
      FLOWLEDGER_COLLECTOR_URL: `http://127.0.0.1:${collectorPort}`,
    },
  };
  const processes = Object.entries(roles).map(
    ([name, own]) =>
      new ProductProcess({
        name,
        program,
        directory,
        environment: environmentOf(name, own),
        clock: new WallClock(join(directory, `${name}.clock`)),
        logFile: join(directory, `${name}.log`),
      }),
  );
  return {
    name: 'separate',
    processes,
    stores: stores.atRisk,
    url: `http://127.0.0.1:${apiPort}`,
    accountId,
    token: rootToken,
    logStoreDirectory: join(directory, 'collector'),
    openStores: () => storesOf(environmentOf('driver', { FLOWLEDGER_ROLE: 'worker' })),
    remove: async () => stores.close(),
  };
}
