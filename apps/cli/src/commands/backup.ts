import { resolve } from 'node:path';
import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';

interface BackedUp {
  readonly directory: string;
  readonly events: number;
  readonly segments: number;
}

const longestBackupSeconds = 3_600;

export function addBackupCommands(program: Command, surroundings: Surroundings): void {
  program
    .command('backup')
    .description('Write events, spool, segments and keys of the running service as one consistent set')
    .argument('<directory>', "new or empty, on the service's machine")
    .addHelpText('after', example('backup /var/backups/flowledger-monday'))
    .action(
      action(surroundings, async ({ client, output }, _, directory) => {
        const body = { directory: resolve(directory) };
        const done = await client.post<BackedUp>('/api/v1/backups', body, {
          timeoutSeconds: longestBackupSeconds,
        });
        output.done(done, `${done.directory}: ${done.events} events, ${done.segments} segments`);
      }),
    );
  program
    .command('restore')
    .description('Verify a backup and make it the data directory, which must be new or empty')
    .argument('<directory>', 'made by "flowledger backup"')
    .addHelpText('after', example('restore /var/backups/flowledger-monday'))
    .action(
      action(surroundings, async ({ settings, output }, _, directory) => {
        const { restore } = await import('../offline/restore.js');
        const source = resolve(directory);
        const restored = await restore(source, settings.dataDirectory, (text) => output.note(text));
        output.done(
          { directory: settings.dataDirectory, ...restored },
          `${settings.dataDirectory}: ${restored.events} events, ${restored.segments} segments; "flowledger start" starts from them`,
        );
      }),
    );
}
