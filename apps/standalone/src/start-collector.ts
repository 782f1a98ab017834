import type { Health } from '@flowledger/api';
import { reasonOf } from '@flowledger/event-sourcing';
import { openCollectorDoor } from './collector-door';
import { openCommands } from './commands';
import { followReadModels, servingPointer } from './core';
import type { Core } from './core';
import { DataPlane, dataPlaneLease } from './data-plane';
import { InternalDoor } from './internal-door';
import { WatchedHealth } from './health/watched-health';
import type { Running } from './service';

/** The data plane. Its door answers the api processes. */
export async function startCollector(core: Core): Promise<Running> {
  const logStore = core.stores.logStore!;
  const commands = await openCommands(core);
  const pointer = servingPointer(core);
  const log = followReadModels(core, dataPlaneLease(core));
  const dataPlane = new DataPlane(core, logStore, log, () => commands.bus);
  let started = false;
  const health = (): Health => ({
    ready: started,
    problems: [
      ...(log.lastFailure === undefined ? [] : [`read models: ${reasonOf(log.lastFailure)}`]),
      ...dataPlane.problems,
    ],
  });
  const { collector } = dataPlane;
  const watched = new WatchedHealth(core, { health, dataPlane: { collector, logStore } });
  const door = InternalDoor.open(core, health, watched);
  openCollectorDoor(door, dataPlane, core.config);
  const url = await door.listen(core.config);
  await pointer.start();
  await watched.start();
  log.start();
  await log.untilReady();
  await dataPlane.start();
  started = true;
  return {
    url,
    stop: async () => {
      await door.close();
      await dataPlane.stop();
      await log.stop();
      await pointer.stop();
      await watched.stop();
      await commands.close();
    },
  };
}
