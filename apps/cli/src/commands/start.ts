import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import { ServiceProcess } from '../service-process';

const parts = {
  start: ['all', 'Start the whole service in one process'],
  api: ['api', 'Start the REST and GraphQL doors alone'],
  worker: ['worker', 'Start a worker: read models and process managers'],
  collector: ['collector', 'Start the collector: windows, spool, delivery and the stored entries'],
} as const;

/** FLOWLEDGER_… variables configure each of them; parts of their own need EventStoreDB and MongoDB. */
export function addStartCommand(program: Command, surroundings: Surroundings): void {
  for (const [name, [role, description]] of Object.entries(parts)) {
    program
      .command(name)
      .description(`${description}; FLOWLEDGER_… variables configure it`)
      .addHelpText('after', example(name))
      .action(
        action(surroundings, async ({ environment }) => {
          const service = ServiceProcess.start({ ...environment, FLOWLEDGER_ROLE: role }, 'inherit');
          process.exitCode = await service.end();
        }),
      );
  }
}
