import type { FlowLogEvent, FlowLogSettings } from '@flowledger/flow-log';

export const accounts = 10;
export const accountOf = (index: number): string => `${1_000_000_000_000_001 + (index % accounts)}`;
export const flowLogIdOf = (index: number): string => `fl-bp1${`${index}`.padStart(16, '0')}`;

const settingsOf = (index: number): FlowLogSettings => ({
  regionId: 'cn-hangzhou',
  resourceType: 'NetworkInterface',
  resourceId: `eni-bench${index}`,
  vpcId: `vpc-bench${index % accounts}`,
  trafficType: index % 7 === 0 ? 'Drop' : 'All',
  trafficPath: ['all'],
  aggregationInterval: 10,
  ipVersion: 'IPv4',
  projectName: 'bench-project',
  logstoreName: `logstore-${index % 5}`,
  resourceGroupId: 'rg-default',
});

const created = (flowLogId: string, index: number): FlowLogEvent => ({
  type: 'FlowLogCreated',
  data: {
    flowLogId,
    settings: settingsOf(index),
    text: { name: `flow-log-${index}`, description: `What leaves interface ${index}, for the audit` },
    tags: [{ key: 'team', value: `net-${index % 20}` }],
    serviceType: '',
    logstoreId: `ls-bench${index % 5}`,
    accountId: accountOf(index),
  },
});

/** What happens to a flow log again and again; a turn leaves it Active as it found it. */
const turn = (flowLogId: string, index: number, at: number): readonly FlowLogEvent[] => [
  { type: 'FlowLogIntervalChanged', data: { flowLogId, from: 10, to: 1 } },
  { type: 'FlowLogModified', data: { flowLogId } },
  { type: 'FlowLogStopped', data: { flowLogId } },
  { type: 'FlowLogDeactivated', data: { flowLogId } },
  { type: 'FlowLogIntervalChanged', data: { flowLogId, from: 1, to: 10 } },
  { type: 'FlowLogModified', data: { flowLogId } },
  { type: 'FlowLogStarted', data: { flowLogId, logstoreId: `ls-bench${index % 5}` } },
  { type: 'FlowLogActivated', data: { flowLogId } },
  {
    type: 'DeliveryStalled',
    data: { flowLogId, message: 'UnavaliableTarget', detail: 'the destination did not answer in 5 s' },
  },
  { type: 'DeliveryRecovered', data: { flowLogId } },
  { type: 'FlowLogDescribed', data: { flowLogId, text: { description: `Looked at in round ${at}` } } },
];

/** The `at`-th event of the `index`-th flow log. */
export function lifeEvent(index: number, at: number): FlowLogEvent {
  const flowLogId = flowLogIdOf(index);
  if (at === 0) return created(flowLogId, index);
  if (at === 1) return { type: 'FlowLogActivated', data: { flowLogId } };
  const events = turn(flowLogId, index, at);
  return events[(at - 2) % events.length]!;
}
