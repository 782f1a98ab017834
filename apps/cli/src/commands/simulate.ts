import type { Command } from 'commander';
import { decimal, listed, wholeNumber } from '../arguments';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import type { Simulation } from '../resources';

const path = '/api/v1/simulations';

interface Options {
  readonly seed: number;
  readonly connectionsPerSecond: number;
  readonly meanLifeSeconds: number;
  readonly peers: number;
  readonly rejectShare: number;
  readonly backfillSeconds: number;
  readonly networkInterface?: string[];
}

export function addSimulationCommands(program: Command, surroundings: Surroundings): void {
  const group = program.command('simulate').description('Made-up traffic on real network interfaces');
  group.addHelpText('after', example('simulate start --connections-per-second 20', 'simulate list'));
  group
    .command('start', { isDefault: true })
    .description('Start a simulation; it runs until it is stopped or the service ends')
    .option('--seed <number>', 'the same seed makes the same traffic', wholeNumber, 1)
    .option('--connections-per-second <number>', 'over all interfaces', wholeNumber, 5)
    .option('--mean-life-seconds <number>', 'of a connection', wholeNumber, 20)
    .option('--peers <number>', 'how many addresses talk to them', wholeNumber, 500)
    .option('--reject-share <share>', '0 to 1', decimal, 0.05)
    .option('--backfill-seconds <number>', 'traffic of so long before now, at once', wholeNumber, 0)
    .option('--network-interface <ids>', 'only these; comma separated', listed)
    .addHelpText(
      'after',
      example('simulate start --seed 7 --connections-per-second 20 --backfill-seconds 3600'),
    )
    .action(
      action<Options>(surroundings, async ({ client, output }, { networkInterface, ...parameters }) => {
        const body = { ...parameters, ...(networkInterface && { networkInterfaceIds: networkInterface }) };
        const started = await client.post<Simulation>(path, body, { timeoutSeconds: 300 });
        output.done(started, started.simulationId);
      }),
    );
  group
    .command('list')
    .description('List the simulations that run')
    .action(
      action(surroundings, async ({ client, output }) => {
        const { items } = await client.get<{ items: Simulation[] }>(path);
        const titles = [
          'simulationId',
          'startedAt',
          'seed',
          'connectionsPerSecond',
          'peers',
          'rejectShare',
        ] as const;
        const columns = titles.map((title) => ({ title, of: (simulation: Simulation) => simulation[title] }));
        output.table(columns, items, 'No simulation runs');
      }),
    );
  group
    .command('stop')
    .description('Stop a simulation')
    .argument('<simulation-id>')
    .action(
      action(surroundings, async ({ client, output }, _, simulationId) => {
        await client.delete(`${path}/${encodeURIComponent(simulationId)}`);
        output.done({ stopped: simulationId }, `Simulation ${simulationId} is stopped`);
      }),
    );
}
