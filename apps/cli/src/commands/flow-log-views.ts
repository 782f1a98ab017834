import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import { deliveryText, flowLogFacts, flowLogPath } from '../flow-log-shown';
import type { FlowLog } from '../resources';
import { wordsOf } from '../table';

interface CoveredInterface {
  readonly networkInterfaceId: string;
  readonly [fact: string]: unknown;
}

interface DeliveryView {
  readonly deliverStatus: string;
  readonly deliverErrorMessage: string;
  readonly delivery: FlowLog['delivery'];
  readonly [fact: string]: unknown;
}

export function addFlowLogViews(group: Command, surroundings: Surroundings): void {
  group
    .command('show')
    .description('Show one flow log')
    .argument('<flow-log>')
    .option('--as-of <moment>', 'ISO 8601 time or position of the log')
    .addHelpText('after', example('flow-logs show fl-bp1example --as-of 2026-08-05T10:00:00Z'))
    .action(
      action<{ asOf?: string }>(surroundings, async ({ client, output }, { asOf }, flowLogId) => {
        const flowLog = await client.get<FlowLog>(flowLogPath(flowLogId), { asOf });
        output.facts(flowLog, flowLogFacts(flowLog));
      }),
    );
  group
    .command('scope')
    .description('Show which network interfaces it collects from, and why others are left out')
    .argument('<flow-log>')
    .option('--as-of <moment>', 'ISO 8601 time or position of the log')
    .addHelpText('after', example('flow-logs scope fl-bp1example'))
    .action(
      action<{ asOf?: string }>(surroundings, async ({ client, output }, { asOf }, flowLogId) => {
        const path = `${flowLogPath(flowLogId)}/network-interfaces`;
        const covered = await client.list<CoveredInterface>(path, { asOf });
        output.table(columnsOf(covered), covered, 'It covers no network interface');
      }),
    );
  group
    .command('delivery')
    .description("Show the cloud's label and the honest state side by side, and what waits")
    .argument('<flow-log>')
    .addHelpText('after', example('flow-logs delivery fl-bp1example'))
    .action(
      action(surroundings, async ({ client, output }, _options, flowLogId) => {
        const view = await client.get<DeliveryView>(`${flowLogPath(flowLogId)}/delivery`);
        const { flowLogId: _, deliverStatus, deliverErrorMessage, delivery, ...figures } = view;
        output.facts(view, {
          label: `${deliverStatus} ${deliverErrorMessage}`.trim(),
          'honest state': `${deliveryText(delivery)} since ${delivery.since}`,
          ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [wordsOf(name), value])),
        });
      }),
    );
}

/** Whatever the service tells of an interface, in its order. */
const columnsOf = (rows: readonly CoveredInterface[]) =>
  [...new Set(rows.flatMap((row) => Object.keys(row)))].map((title) => ({
    title,
    of: (row: CoveredInterface) => row[title],
  }));
