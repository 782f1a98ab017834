import type { Command } from 'commander';
import { listed, tag, wholeNumber } from '../arguments';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import { flowLogFacts, settled } from '../flow-log-shown';
import type { FlowLog } from '../resources';

interface Options {
  readonly resourceType: string;
  readonly resource: string;
  readonly project: string;
  readonly logstore: string;
  readonly trafficType: string;
  readonly trafficPath?: string[];
  readonly interval?: number;
  readonly ipVersion?: string;
  readonly name?: string;
  readonly description?: string;
  readonly resourceGroup?: string;
  readonly tag?: { key: string; value: string }[];
  readonly createProject?: boolean;
  readonly createLogstore?: boolean;
  readonly idempotencyKey?: string;
  readonly wait?: boolean;
}

export function addFlowLogCreation(group: Command, surroundings: Surroundings): void {
  group
    .command('create')
    .description('Create a flow log; it starts at once')
    .requiredOption('--resource-type <type>', 'VPC, VSwitch or NetworkInterface')
    .requiredOption('--resource <id>', 'what to log')
    .requiredOption('--project <name>', 'project to deliver to')
    .requiredOption('--logstore <name>', 'logstore to deliver to')
    .option('--traffic-type <type>', 'All, Allow or Drop', 'All')
    .option('--traffic-path <paths>', 'comma separated; all when absent', listed)
    .option('--interval <minutes>', '1, 5 or 10', wholeNumber)
    .option('--ip-version <version>', 'IPv4 or DualStack')
    .option('--name <name>')
    .option('--description <text>')
    .option('--resource-group <id>')
    .option('--tag <key=value>', 'may be given again', tag)
    .option('--create-project', 'make the project when it is missing')
    .option('--create-logstore', 'make the logstore when it is missing')
    .option('--idempotency-key <key>', 'the same key again is the same creation')
    .option('--wait', 'until it is active')
    .addHelpText(
      'after',
      example(
        'flow-logs create --resource-type VPC --resource vpc-bp1example --project audit --logstore traffic --interval 1',
      ),
    )
    .action(
      action<Options>(surroundings, async ({ client, output }, options) => {
        const { idempotencyKey } = options;
        const created = await client.post<FlowLog | { position: string }>(
          '/api/v1/flow-logs',
          requestOf(options),
          {
            ...(idempotencyKey && { idempotencyKey }),
          },
        );
        if (!('flowLogId' in created)) {
          output.done(created, 'It is created; "flowledger flow-logs list" shows it in a moment');
          return;
        }
        const flowLog = options.wait ? await settled(client, created.flowLogId) : created;
        output.facts(flowLog, flowLogFacts(flowLog));
      }),
    );
}

const requestOf = (options: Options): Record<string, unknown> => ({
  resourceType: options.resourceType,
  resourceId: options.resource,
  projectName: options.project,
  logstoreName: options.logstore,
  trafficType: options.trafficType,
  trafficPath: options.trafficPath,
  aggregationInterval: options.interval,
  ipVersion: options.ipVersion,
  name: options.name,
  description: options.description,
  resourceGroupId: options.resourceGroup,
  tags: options.tag,
  createProject: options.createProject,
  createLogstore: options.createLogstore,
});
