import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';

interface Erased {
  readonly subject: string;
  readonly keys: number;
}

export function addEraseCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('erase')
    .description('Destroy the key of a subject: its names and descriptions are gone for ever')
    .argument('<subject>', 'token-, flowLog-, vpc-, vSwitch- or project-, followed by the id')
    .addHelpText('after', example('erase flowLog-fl-bp1example', 'erase token-0123456789abcdef0123'))
    .action(
      action(surroundings, async ({ client, output }, _, subject) => {
        const erased = await client.post<Erased>('/api/v1/erasures', { subject });
        const before = erased.keys === 0 ? ' (it had been erased before)' : '';
        output.done(
          erased,
          `${subject} is erased${before}. Backups made before still hold it, until you delete them`,
        );
      }),
    );
}
