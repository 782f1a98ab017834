import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from './failures';
import type { FlowLog } from './resources';
import type { RestClient } from './rest-client';
import type { Column } from './table';

export const flowLogPath = (flowLogId: string): string =>
  `/api/v1/flow-logs/${encodeURIComponent(flowLogId)}`;

export const flowLogColumns: readonly Column<FlowLog>[] = [
  { title: 'flow log', of: ({ flowLogId }) => flowLogId },
  { title: 'name', of: ({ name }) => name },
  { title: 'resource', of: ({ resourceId }) => resourceId },
  { title: 'traffic', of: ({ trafficType }) => trafficType },
  { title: 'min', of: ({ aggregationInterval }) => aggregationInterval, align: 'right' },
  { title: 'target', of: ({ projectName, logstoreName }) => `${projectName}/${logstoreName}` },
  { title: 'status', of: ({ status }) => status },
  { title: 'label', of: ({ deliverStatus }) => deliverStatus },
  { title: 'delivery', of: ({ delivery }) => deliveryText(delivery) },
  { title: 'waiting', of: ({ delivery }) => delivery.spooledEntries, align: 'right' },
];

/** `Stopped (LogstoreDeleted)`. */
export const deliveryText = ({ state, reason }: Pick<FlowLog['delivery'], 'state' | 'reason'>): string =>
  reason ? `${state} (${reason})` : state;

export const flowLogFacts = (flowLog: FlowLog): Record<string, unknown> => ({
  'flow log': flowLog.flowLogId,
  name: flowLog.name,
  description: flowLog.description,
  region: flowLog.regionId,
  resource: `${flowLog.resourceType} ${flowLog.resourceId}`,
  traffic: `${flowLog.trafficType}, path ${flowLog.trafficPath.join(', ')}, ${flowLog.ipVersion}`,
  interval: `${flowLog.aggregationInterval} min`,
  target: `${flowLog.projectName}/${flowLog.logstoreName}`,
  status: flowLog.status,
  label: [flowLog.deliverStatus, flowLog.deliverErrorMessage].filter((text) => text !== '').join(' '),
  delivery: `${deliveryText(flowLog.delivery)} since ${flowLog.delivery.since}`,
  waiting: flowLog.delivery.spooledEntries,
  'oldest waiting': flowLog.delivery.oldestSpooledWindow,
  created: flowLog.createdAt,
  revision: flowLog.revision,
  tags: flowLog.tags.map(({ key, value }) => `${key}=${value}`),
});

const settledStatuses = ['Active', 'Inactive'];
const pollMilliseconds = 100;

/** The flow log once no order is under way any more. @throws Refused after `patienceSeconds` */
export async function settled(client: RestClient, flowLogId: string, patienceSeconds = 30): Promise<FlowLog> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const flowLog = await client.get<FlowLog>(flowLogPath(flowLogId));
    if (settledStatuses.includes(flowLog.status)) return flowLog;
    if (Date.now() >= deadline) {
      throw new Refused(`${flowLogId} is still ${flowLog.status} after ${patienceSeconds} s`);
    }
    await sleep(pollMilliseconds);
  }
}
