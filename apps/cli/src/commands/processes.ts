import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import type { Column } from '../table';

interface Blocked {
  readonly process: string;
  readonly instance: string;
  readonly status: string;
  readonly since: string;
  readonly command?: {
    readonly commandId: string;
    readonly commandType: string;
    readonly attempts: number;
    readonly reason: string;
  };
  readonly retryAt?: string;
  readonly parkedInputs: number;
  readonly parkedReason?: string;
}

const path = '/api/v1/processes';
const instancePath = (process: string, instance: string): string =>
  `${path}/${encodeURIComponent(process)}/${encodeURIComponent(instance)}`;

const columns: readonly Column<Blocked>[] = [
  { title: 'process', of: ({ process }) => process },
  { title: 'instance', of: ({ instance }) => instance },
  { title: 'status', of: ({ status }) => status },
  { title: 'since', of: ({ since }) => since },
  { title: 'command', of: ({ command }) => command?.commandType ?? '-' },
  { title: 'commandId', of: ({ command }) => command?.commandId ?? '-' },
  { title: 'attempts', of: ({ command }) => command?.attempts ?? 0 },
  { title: 'retryAt', of: ({ retryAt }) => retryAt ?? '-' },
  { title: 'parkedInputs', of: ({ parkedInputs }) => parkedInputs },
  { title: 'reason', of: ({ command, parkedReason }) => command?.reason ?? parkedReason ?? '-' },
];

export function addProcessCommands(program: Command, surroundings: Surroundings): void {
  const group = program
    .command('processes')
    .description('Process managers that need you (administrators only)');
  group.addHelpText('after', example('processes blocked'));
  group
    .command('blocked')
    .description('Instances with a failed command or with parked inputs')
    .action(
      action(surroundings, async ({ client, output }) => {
        output.table(columns, await client.list<Blocked>(`${path}/blocked`), 'Every instance goes on');
      }),
    );
  for (const [answer, description, said] of [
    ['retry', 'Send a failed command again, and what waits behind it', 'is sent again'],
    ['skip', 'Go on without a failed command', 'is skipped'],
  ] as const) {
    group
      .command(answer)
      .description(description)
      .argument('<process>')
      .argument('<instance>')
      .argument('<command-id>')
      .action(
        action(surroundings, async ({ client, output }, _, process, instance, commandId) => {
          await client.post(`${instancePath(process, instance)}/release`, { commandId, answer });
          output.done({ process, instance, commandId, answer }, `Command ${commandId} ${said}`);
        }),
      );
  }
  group
    .command('take')
    .description('Try the parked inputs of an instance again, in order')
    .argument('<process>')
    .argument('<instance>')
    .action(
      action(surroundings, async ({ client, output }, _, process, instance) => {
        const { taken } = await client.post<{ taken: number }>(`${instancePath(process, instance)}/inputs`);
        output.done({ process, instance, taken }, `${taken} parked inputs were taken`);
      }),
    );
}
