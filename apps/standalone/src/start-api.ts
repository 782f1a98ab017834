import type { Health } from '@flowledger/api';
import { reasonOf } from '@flowledger/event-sourcing';
import { followReadModels, servingPointer } from './core';
import type { Core } from './core';
import { Doors } from './doors';
import { WatchedHealth } from './health/watched-health';
import { RemoteCollector } from './remote-collector';
import { RemoteBackups, RemoteImports, RemoteLogs, RemoteSimulations } from './remote-data-plane';
import type { Running } from './service';
import { openSigning } from './signing';

/** The doors alone. Read models come from the workers, entries from the collector. */
export async function startApi(core: Core): Promise<Running> {
  const { config, progress } = core;
  const { secret, collectorUrl: url } = config.internal;
  const collector = new RemoteCollector({ url, secret });
  const pointer = servingPointer(core);
  const log = followReadModels(core);
  const health = (): Health => ({
    ready: log.ready,
    problems: log.lastFailure === undefined ? [] : [`read models: ${reasonOf(log.lastFailure)}`],
  });
  const watched = new WatchedHealth(core, { health, commands: () => doors.admission });
  const doors = await Doors.open(core, {
    readModels: progress,
    log,
    logs: new RemoteLogs(collector),
    imports: new RemoteImports(collector),
    simulations: new RemoteSimulations(collector),
    backups: new RemoteBackups(collector),
    health,
    watched,
    signing: openSigning(core),
  });
  await pointer.start();
  await watched.start();
  log.start();
  await log.untilReady();
  return {
    url: await doors.url,
    stop: async () => {
      await doors.close();
      await log.stop();
      await pointer.stop();
      await watched.stop();
    },
  };
}
