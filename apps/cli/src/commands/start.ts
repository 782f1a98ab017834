import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import { ServiceProcess } from '../service-process';

export function addStartCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('start')
    .description('Start the service; FLOWLEDGER_… variables configure it')
    .addHelpText('after', example('start'))
    .action(
      action(surroundings, async ({ environment }) => {
        process.exitCode = await ServiceProcess.start(environment, 'inherit').end();
      }),
    );
}
