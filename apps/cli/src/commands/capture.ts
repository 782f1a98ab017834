import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import type { Command } from 'commander';
import { CaptureFile } from '../capture-file';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import { ProblemRefused, Refused } from '../failures';
import type { CaptureImported } from '../resources';

interface Options {
  readonly networkInterface?: string;
  readonly coverage?: string;
  readonly rebase?: string;
  readonly again?: boolean;
}

const longestImportSeconds = 3_600;

export function addCaptureCommands(program: Command, surroundings: Surroundings): void {
  const group = program.command('capture').description('Packet captures');
  group
    .command('import')
    .description('Import a pcap or pcapng file; the same file twice is one import')
    .argument('<file>')
    .option('--network-interface <eni>', 'that saw every packet; by address when absent')
    .addOption(new Option('--coverage <which>', 'configuration that counts').choices(['current', 'historic']))
    .addOption(
      new Option('--rebase <when>', 'move its times so that the last packet is of now').choices(['now']),
    )
    .option('--again', 'import it once more')
    .addHelpText(
      'after',
      example('capture import morning.pcap --network-interface eni-bp1example --rebase now'),
    )
    .action(
      action<Options>(surroundings, async ({ client, output }, options, path) => {
        const { networkInterface: networkInterfaceId, coverage, rebase, again } = options;
        const file = await CaptureFile.open(path);
        const idempotencyKey = again ? `capture-${randomUUID()}` : `capture-${await file.sha256()}`;
        const imported = await client
          .post<CaptureImported>('/api/v1/captures', undefined, {
            query: { networkInterfaceId, coverage, rebase },
            stream: file.stream((percent) => output.note(`${path}: ${percent} % sent`)),
            idempotencyKey,
            timeoutSeconds: longestImportSeconds,
          })
          .catch((error: unknown) => {
            throw explained(error);
          });
        const { skipped, truncatedAt, ...counts } = imported;
        output.facts(imported, {
          ...counts,
          skipped: Object.entries(skipped).map(([reason, packets]) => `${reason} ${packets}`),
          ...(truncatedAt !== null && { 'cut off at': `byte ${truncatedAt}` }),
        });
      }),
    );
}

function explained(error: unknown): unknown {
  if (!(error instanceof ProblemRefused) || error.problem.code !== 'IdempotencyKeyReused') return error;
  return new Refused('This file was imported before, with other options; --again imports it once more');
}
