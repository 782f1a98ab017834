import type { Health } from '@flowledger/api';
import { openCommands } from './commands';
import { createWorker } from './control-plane';
import type { Core } from './core';
import { InternalDoor } from './internal-door';
import { WatchedHealth } from './health/watched-health';
import { Schedule } from './schedule';
import type { Running } from './service';
import { openSigning, signingTask } from './signing';

/** Projections and process managers. Over HTTP only health and metrics. */
export async function startWorker(core: Core): Promise<Running> {
  const commands = await openCommands(core);
  const worker = createWorker(core, () => commands.bus);
  const health = (): Health => ({ ready: worker.ready, problems: worker.problems });
  const watched = new WatchedHealth(core, { health, worker });
  const door = InternalDoor.open(core, health, watched);
  const url = await door.listen(core.config);
  await watched.start();
  await worker.start();
  watched.measureLatency();
  core.tracing.commitsOf(worker);
  const schedule = new Schedule([signingTask(openSigning(core), core)]);
  return {
    url,
    stop: async () => {
      await schedule.stop();
      await worker.stop();
      await watched.stop();
      await door.close();
      await commands.close();
    },
  };
}
