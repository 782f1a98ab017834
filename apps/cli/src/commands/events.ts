import type { Command } from 'commander';
import { wholeNumber } from '../arguments';
import { action, example } from '../cli';
import type { Session, Surroundings } from '../cli';
import { Refused } from '../failures';
import type { Column } from '../table';

/** What the command line shows of the AsyncAPI document. */
interface EventMessage {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly payload: unknown;
  readonly 'x-streams': readonly string[];
  readonly 'x-producers': readonly { readonly decider: string; readonly commands: readonly string[] }[];
  readonly 'x-consumers': readonly { readonly name: string }[];
}
interface Catalogue {
  readonly components: { readonly messages: Readonly<Record<string, EventMessage>> };
}

const commandsOf = (event: EventMessage): string =>
  event['x-producers'].flatMap(({ commands }) => commands).join(', ');
const consumersOf = (event: EventMessage): string => event['x-consumers'].map(({ name }) => name).join(', ');

const columns: readonly Column<EventMessage>[] = [
  { title: 'event', of: ({ title }) => title },
  { title: 'streams', of: (event) => event['x-streams'].join(', ') },
  { title: 'commands', of: commandsOf },
  { title: 'followed by', of: consumersOf },
];

export function addEventCommands(program: Command, surroundings: Surroundings): void {
  const group = program
    .command('events')
    .description('What kinds of events there are, and events as CloudEvents');
  group.addHelpText(
    'after',
    example('events list', 'events show FlowLogStopped', 'events export --limit 100'),
  );
  group
    .command('list')
    .description('Every event type: its streams, the commands that lead to it, who follows it')
    .action(
      action(surroundings, async ({ client, output }) =>
        output.table(columns, Object.values(await messages(client))),
      ),
    );
  group
    .command('show')
    .description('One event type with the JSON Schema of its data')
    .argument('<type>')
    .action(action(surroundings, showType));
  group
    .command('export')
    .description('Events of the account as CloudEvents 1.0, one a line, oldest first')
    .option('--after <position>', 'only what came after it')
    .option('--limit <number>', 'at most so many', wholeNumber)
    .action(action<{ after?: string; limit?: number }>(surroundings, exportEvents));
}

const messages = async (client: Session['client']): Promise<Readonly<Record<string, EventMessage>>> =>
  (await client.get<Catalogue>('/api/v1/events/catalogue')).components.messages;

async function showType({ client, output }: Session, _options: object, type?: string): Promise<void> {
  const known = await messages(client);
  const event = Object.hasOwn(known, type!) ? known[type!]! : undefined;
  if (!event) throw new Refused(`There is no event ${type}: "flowledger events list" shows what there is`);
  output.facts(event, {
    event: event.title,
    says: event.summary,
    'CloudEvents type': event.name,
    streams: event['x-streams'].join(', '),
    commands: commandsOf(event),
    'followed by': consumersOf(event) || 'nothing but the audit trail',
  });
  if (!output.isJson) output.lines(['', ...JSON.stringify(event.payload, null, 2).split('\n')]);
}

async function exportEvents(
  { client, output }: Session,
  options: { after?: string; limit?: number },
): Promise<void> {
  let { after, limit: left = Infinity } = options;
  while (left > 0) {
    const query = { after, limit: String(Math.min(left, 100)) };
    const batch = await client.get<{ position: string }[]>('/api/v1/events/cloudevents', query);
    batch.forEach((event) => output.jsonLine(event));
    left -= batch.length;
    after = batch.at(-1)?.position;
    if (batch.length === 0) return;
  }
}
