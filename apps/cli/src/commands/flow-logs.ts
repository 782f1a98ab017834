import type { Command } from 'commander';
import { wholeNumber } from '../arguments';
import { action, example } from '../cli';
import type { Session, Surroundings } from '../cli';
import { flowLogColumns, flowLogFacts, flowLogPath, settled } from '../flow-log-shown';
import type { FlowLog } from '../resources';
import { addFlowLogCreation } from './flow-log-creation';
import { addFlowLogViews } from './flow-log-views';

interface Wait {
  readonly wait?: boolean;
}

export function addFlowLogCommands(program: Command, surroundings: Surroundings): void {
  const group = program.command('flow-logs').description('Create, watch and steer flow logs');
  group.addHelpText('after', example('flow-logs list --status Active'));
  addFlowLogList(group, surroundings);
  addFlowLogViews(group, surroundings);
  addFlowLogCreation(group, surroundings);
  for (const order of ['start', 'stop'] as const) {
    group
      .command(order)
      .description(order === 'start' ? 'Collect, deliver what waits first' : 'Stop collecting')
      .argument('<flow-log>')
      .option('--wait', 'until the order has been carried out')
      .addHelpText('after', example(`flow-logs ${order} fl-bp1example --wait`))
      .action(
        action<Wait>(surroundings, async (session, { wait }, flowLogId) => {
          await session.client.post(`${flowLogPath(flowLogId)}/${order}`);
          await showOrder(session, flowLogId, wait);
        }),
      );
  }
  group
    .command('set-interval')
    .description('Change the aggregation interval')
    .argument('<flow-log>')
    .argument('<minutes>', '1, 5 or 10', wholeNumber)
    .option('--wait', 'until the data plane works with it')
    .addHelpText('after', example('flow-logs set-interval fl-bp1example 5'))
    .action(
      action<Wait>(surroundings, async (session, { wait }, flowLogId, minutes) => {
        await session.client.patch(flowLogPath(flowLogId), { aggregationInterval: Number(minutes) });
        await showOrder(session, flowLogId, wait);
      }),
    );
  group
    .command('delete')
    .description('Delete a flow log; what it collected stays readable')
    .argument('<flow-log>')
    .addHelpText('after', example('flow-logs delete fl-bp1example'))
    .action(
      action(surroundings, async ({ client, output }, _, flowLogId) => {
        await client.delete(flowLogPath(flowLogId));
        output.done({ flowLogId, deleting: true }, `${flowLogId} is being deleted`);
      }),
    );
}

async function showOrder({ client, output }: Session, flowLogId: string, wait = false): Promise<void> {
  const flowLog = wait ? await settled(client, flowLogId) : await client.get<FlowLog>(flowLogPath(flowLogId));
  output.facts(flowLog, flowLogFacts(flowLog));
}

/** Option → query parameter. */
const filters = {
  name: 'name',
  resource: 'resourceId',
  resourceType: 'resourceType',
  vpc: 'vpcId',
  trafficType: 'trafficType',
  project: 'projectName',
  logstore: 'logstoreName',
  status: 'status',
  health: 'health',
  asOf: 'asOf',
} as const;

function addFlowLogList(group: Command, surroundings: Surroundings): void {
  group
    .command('list')
    .description('List flow logs, newest first')
    .option('--name <name>')
    .option('--resource <id>', 'VPC, vSwitch or network interface')
    .option('--resource-type <type>', 'VPC, VSwitch or NetworkInterface')
    .option('--vpc <id>', 'those in this VPC')
    .option('--traffic-type <type>', 'All, Allow or Drop')
    .option('--project <name>')
    .option('--logstore <name>')
    .option('--status <status>', 'Active, Inactive, Activating …')
    .option('--health <state>', 'Idle, Delivering, Degraded, Stalled or Stopped')
    .option('--as-of <moment>', 'as they were: ISO 8601 time or position of the log')
    .option('--limit <number>', 'at most so many', wholeNumber)
    .addHelpText('after', example('flow-logs list --health Stopped', 'flow-logs list --json'))
    .action(
      action<Partial<Record<keyof typeof filters, string>> & { limit?: number }>(
        surroundings,
        async ({ client, output }, { limit, ...options }) => {
          const query = Object.fromEntries(
            Object.entries(options).map(([option, value]) => [
              filters[option as keyof typeof filters],
              value,
            ]),
          );
          const flowLogs = await client.list<FlowLog>('/api/v1/flow-logs', query, limit);
          output.table(flowLogColumns, flowLogs, 'There are no such flow logs');
        },
      ),
    );
}
