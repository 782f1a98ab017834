import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { wholeNumber } from '../arguments';
import { action, example } from '../cli';
import type { Session, Surroundings } from '../cli';
import { Refused } from '../failures';
import { columnsOf } from '../table';

interface Generation {
  readonly generation: number;
  readonly status: string;
  readonly serving: boolean;
  readonly position: string | null;
  readonly head: string | null;
  readonly eventsPerSecond: number;
  readonly secondsLeft: number | null;
  readonly parkedEvents: number;
  readonly createdAt: string;
}

interface Difference {
  readonly readModel: string;
  readonly accountId: string;
  readonly id: string;
  readonly serving: unknown;
  readonly candidate: unknown;
}

interface Comparison {
  readonly readModels: readonly {
    readonly readModel: string;
    readonly serving: number;
    readonly candidate: number;
  }[];
  readonly differences: readonly Difference[];
  readonly differing: number;
  readonly unsettled: number;
}

interface Parked {
  readonly readModel: string;
  readonly sequence: string;
  readonly eventType: string;
  readonly position: string;
  readonly attempts: number;
  readonly reason: string;
}

const path = '/api/v1/projections';
const generationPath = (generation: string | number): string =>
  `${path}/generations/${encodeURIComponent(generation)}`;
const longestComparison = 600;

export function addProjectionCommands(program: Command, surroundings: Surroundings): void {
  const group = program
    .command('projections')
    .description('Read models: rebuild, compare, switch (administrators only)');
  group.addHelpText(
    'after',
    example('projections rebuild', 'projections diff --dry-run', 'projections parked'),
  );
  group
    .command('list')
    .description('Generations of the read models, and how far they are')
    .action(
      action(surroundings, async ({ client, output }) => {
        output.table(generationColumns, await client.list<Generation>(`${path}/generations`));
      }),
    );
  group
    .command('rebuild')
    .description(
      'Build all read models anew beside those that answer, compare, and switch when nothing differs',
    )
    .option('--accept-differences', 'switch though documents differ: the change was meant')
    .option('--no-switch', 'stop after the comparison')
    .addHelpText('after', example('projections rebuild', 'projections rebuild --no-switch'))
    .action(action<RebuildOptions>(surroundings, rebuild));
  group
    .command('diff')
    .description('Which documents differ from those that answer, and how')
    .argument('[generation]', 'an existing one; without it, one is built for the comparison', wholeNumber)
    .option('--dry-run', 'remove the generation again that was built for the comparison')
    .option('--limit <n>', 'how many documents to show', wholeNumber, 100)
    .addHelpText('after', example('projections diff --dry-run', 'projections diff 2'))
    .action(action<DiffOptions>(surroundings, diff));
  addGenerationOrders(group, surroundings);
  addParkedCommands(group, surroundings);
}

interface RebuildOptions {
  readonly acceptDifferences?: boolean;
  readonly switch: boolean;
}

async function rebuild(
  session: Session,
  { acceptDifferences, switch: switches }: RebuildOptions,
): Promise<void> {
  const { client, output } = session;
  const generation = await built(session);
  const comparison = await compared(session, generation, 100);
  showDifferences(session, comparison);
  const equal = comparison.differing === 0 && comparison.unsettled === 0;
  if (!switches || !(equal || acceptDifferences)) {
    const why = switches ? 'it differs: look at it, then switch or drop it' : 'as you asked';
    return output.done(
      { generation, switched: false, ...comparison },
      `Generation ${generation} is ready and not switched to (${why})`,
    );
  }
  await client.post(`${generationPath(generation)}/switch`);
  output.done(
    { generation, switched: true, ...comparison },
    `Generation ${generation} answers queries; "flowledger projections rollback" goes back`,
  );
}

interface DiffOptions {
  readonly dryRun?: boolean;
  readonly limit: number;
}

async function diff(session: Session, { dryRun, limit }: DiffOptions, existing?: string): Promise<void> {
  const generation = existing === undefined ? await built(session) : Number(existing);
  const comparison = await compared(session, generation, limit);
  if (dryRun && existing === undefined) await session.client.delete(generationPath(generation));
  if (session.output.isJson) return session.output.json({ generation, ...comparison });
  showDifferences(session, comparison);
  session.output.note(`${comparison.differing} documents differ, ${comparison.unsettled} kept changing`);
}

/** Resolves when the new generation has caught up. */
async function built({ client, output }: Session): Promise<number> {
  const { generation } = await client.post<{ generation: number }>(`${path}/generations`);
  for (;;) {
    const all = await client.list<Generation>(`${path}/generations`);
    const now = all.find((one) => one.generation === generation);
    if (!now) throw new Refused(`Generation ${generation} was dropped meanwhile`);
    if (now.status === 'ready') return generation;
    const left = now.secondsLeft === null ? '' : `, about ${now.secondsLeft} s left`;
    output.note(
      `generation ${generation}: at ${now.position ?? '-'} of ${now.head ?? '-'}, ${now.eventsPerSecond} events/s${left}`,
    );
    await sleep(1_000);
  }
}

async function compared({ client }: Session, generation: number, limit: number): Promise<Comparison> {
  const settings = { query: { limit }, timeoutSeconds: longestComparison };
  const response = await client.send('GET', `${generationPath(generation)}/differences`, settings);
  return (await response.json()) as Comparison;
}

function showDifferences({ output }: Session, { readModels, differences }: Comparison): void {
  if (output.isJson) return;
  output.table(columnsOf(['readModel', 'serving', 'candidate'] as const), readModels);
  const shown = differences.map(({ serving, candidate, ...document }) => ({
    ...document,
    serving: JSON.stringify(serving) ?? '-',
    candidate: JSON.stringify(candidate) ?? '-',
  }));
  if (shown.length > 0)
    output.table(columnsOf(['readModel', 'accountId', 'id', 'serving', 'candidate'] as const), shown);
}

function addGenerationOrders(group: Command, surroundings: Surroundings): void {
  group
    .command('switch')
    .description('Let a generation answer queries')
    .argument('<generation>', 'number', wholeNumber)
    .action(
      action(surroundings, async ({ client, output }, _, generation) => {
        await client.post(`${generationPath(generation)}/switch`);
        output.done({ serving: Number(generation) }, `Generation ${generation} answers queries`);
      }),
    );
  group
    .command('rollback')
    .description('Let the generation answer that did before')
    .action(
      action(surroundings, async ({ client, output }) => {
        await client.post(`${path}/rollback`);
        output.done({ rolledBack: true }, 'The generation before answers queries again');
      }),
    );
  group
    .command('drop')
    .description('Remove a generation with all of its documents; cancels one that is being built')
    .argument('<generation>', 'number', wholeNumber)
    .action(
      action(surroundings, async ({ client, output }, _, generation) => {
        await client.delete(generationPath(generation));
        output.done({ dropped: Number(generation) }, `Generation ${generation} is being removed`);
      }),
    );
}

function addParkedCommands(group: Command, surroundings: Surroundings): void {
  group
    .command('parked')
    .description('Events that could not be folded, and those behind them')
    .action(
      action(surroundings, async ({ client, output }) => {
        const columns = columnsOf([
          'readModel',
          'sequence',
          'eventType',
          'position',
          'attempts',
          'reason',
        ] as const);
        output.table(columns, await client.list<Parked>(`${path}/parked`), 'Nothing is parked');
      }),
    );
  group
    .command('replay')
    .description('Fold the parked events of a document again, in order')
    .argument('<read-model>')
    .argument('<document>')
    .addHelpText('after', example('projections replay flow-log-status fl-bp1example'))
    .action(
      action(surroundings, async ({ client, output }, _, readModel, sequence) => {
        await client.post(`${path}/parked/replays`, { readModel, sequence });
        output.done(
          { readModel, sequence },
          'It is folded again within seconds; "projections parked" shows what is left',
        );
      }),
    );
}

const generationColumns = columnsOf([
  'generation',
  'status',
  'serving',
  'position',
  'head',
  'eventsPerSecond',
  'secondsLeft',
  'parkedEvents',
  'createdAt',
] as const);
