import type { CommandBus } from '@nestjs/cqrs';
import type { Health } from '@flowledger/api';
import { createWorker } from './control-plane';
import { followReadModels } from './core';
import type { Core } from './core';
import { DataPlane, dataPlaneLease } from './data-plane';
import { Doors } from './doors';
import { WatchedHealth } from './health/watched-health';
import { Schedule } from './schedule';
import type { Running } from './service';
import { openSigning, signingTask } from './signing';

/** The whole product in one process: stores, worker, collector and doors. */
export async function startEverything(core: Core): Promise<Running> {
  const logStore = core.stores.logStore!;
  const signing = openSigning(core);
  const bus = (): CommandBus => doors.commands;
  const worker = createWorker(core, bus);
  // Where nobody else can fold the read models, what this process has committed is what is visible.
  const folded = core.config.readModel.kind === 'embedded' && core.config.segments === 1;
  const follower = folded ? undefined : followReadModels(core, dataPlaneLease(core));
  const log = follower ?? worker.log;
  const dataPlane = new DataPlane(core, logStore, log, bus);
  let started = false;
  const health = (): Health => ({
    ready: started,
    problems: [...worker.problems, ...dataPlane.problems],
  });
  const { logs, imports, simulations, backups, collector } = dataPlane;
  const watched = new WatchedHealth(core, {
    health,
    worker,
    dataPlane: { collector, logStore },
    commands: () => doors.admission,
  });
  const behind = { readModels: worker, log, logs, imports, simulations, backups, health, watched, signing };
  const doors = await Doors.open(core, behind);
  await watched.start();
  await worker.start();
  watched.measureLatency();
  core.tracing.commitsOf(worker);
  follower?.start();
  await follower?.untilReady();
  await dataPlane.start();
  started = true;
  const schedule = new Schedule([signingTask(signing, core)]);
  return {
    url: await doors.url,
    stop: async () => {
      await doors.close();
      await schedule.stop();
      await dataPlane.stop();
      await follower?.stop();
      await worker.stop();
      await watched.stop();
    },
  };
}
