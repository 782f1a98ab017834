import type { Command } from 'commander';
import { unixSeconds, wholeNumber } from '../arguments';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import type { LogsAnswer } from '../resources';
import type { Column } from '../table';

type Entry = LogsAnswer['entries'][number];

const field = (title: string, name: string, align?: 'right'): Column<Entry> => ({
  title,
  of: (entry) => entry[name],
  ...(align && { align }),
});

const columns: readonly Column<Entry>[] = [
  { title: 'time', of: (entry) => new Date(Number(entry.__time__) * 1000).toISOString().replace('.000', '') },
  field('eni', 'eni-id'),
  field('dir', 'direction'),
  field('action', 'action'),
  field('proto', 'protocol', 'right'),
  { title: 'from', of: (entry) => endpoint(entry.srcaddr, entry.srcport) },
  { title: 'to', of: (entry) => endpoint(entry.dstaddr, entry.dstport) },
  field('packets', 'packets', 'right'),
  field('bytes', 'bytes', 'right'),
  field('log', 'log-status'),
];

/** `10.0.0.1:443`, `[::1]:443`, `-` for an entry without traffic. */
function endpoint(address = '-', port = '-'): string {
  if (address === '-') return '-';
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

interface Options {
  readonly from: number;
  readonly to: number;
  readonly query?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly reverse?: boolean;
}

export function addLogCommands(program: Command, surroundings: Surroundings): void {
  const group = program.command('logs').description('Read flow log entries');
  group
    .command('query')
    .description('Entries of a logstore in a range of time, oldest first')
    .argument('<project>')
    .argument('<logstore>')
    .option('--from <time>', 'Unix seconds, ISO 8601, or ago: 15m, 1h, 2d (default: 1h)', unixSeconds)
    .option('--to <time>', 'the same; exclusive (default: now)', unixSeconds)
    .option('--query <text>', 'such as "action:REJECT and dstport:22"')
    .option('--limit <number>', 'at most so many, up to 1000 (default: 100)', wholeNumber)
    .option('--offset <number>', 'leave out so many', wholeNumber)
    .option('--reverse', 'newest first')
    .addHelpText('after', example('logs query audit traffic --from 15m --query "action:REJECT"'))
    .action(
      action<Partial<Options>>(surroundings, async ({ client, output }, options, project, logstore) => {
        const { from = unixSeconds('1h'), to = unixSeconds('0s') + 1, ...rest } = options;
        const path = `/api/v1/projects/${encodeURIComponent(project)}/logstores/${encodeURIComponent(logstore)}/logs`;
        const answer = await client.get<LogsAnswer>(path, { from, to, ...rest });
        if (output.isJson) output.json(answer);
        else output.table(columns, answer.entries, 'No entries in this range');
        if (answer.progress !== 'Complete') output.note(`The answer is ${answer.progress.toLowerCase()}`);
      }),
    );
}
