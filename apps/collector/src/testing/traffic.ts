import type { CollectionPlan, Observation, PlannedDelivery, PlannedInterface } from '@flowledger/flow-record';

export const account = '1000000000000001';

/** Collected every minute for the flow log `fl-1`. */
export const plannedInterface = (
  networkInterfaceId: string,
  address: string,
  accountId = account,
): PlannedInterface => ({
  accountId,
  regionId: 'cn-hangzhou',
  networkInterfaceId,
  vSwitchId: 'vsw-1',
  vpcId: 'vpc-1',
  instanceId: '',
  addresses: [address],
  schedule: [
    {
      from: 0,
      aggregationInterval: 1,
      flowLogs: [{ flowLogId: 'fl-1', trafficType: 'All', trafficPath: ['all'], ipVersion: 'IPv4' }],
    },
  ],
});

/** One TCP record seen at that second. */
export const observed = (seconds: number, over: Partial<Observation> = {}): Observation => ({
  first: { seconds, nanoseconds: 0 },
  last: { seconds, nanoseconds: 0 },
  ipVersion: 4,
  srcaddr: '10.0.0.1',
  dstaddr: '192.0.2.1',
  srcport: 1000,
  dstport: 443,
  protocol: 6,
  packets: 1,
  bytes: 100,
  tcpFlags: 2,
  ...over,
});

export const delivery = (
  state: PlannedDelivery['state'],
  logstoreId: string | null = 'ls-1',
): PlannedDelivery => ({ flowLogId: 'fl-1', accountId: account, logstoreId, state });

export const planOf = (
  interfaces: readonly PlannedInterface[],
  deliveries: readonly PlannedDelivery[],
  deleted = false,
): CollectionPlan => ({
  version: 1,
  position: '1',
  interfaces,
  deliveries,
  logstores: [{ logstoreId: 'ls-1', accountId: account, ttlDays: 3650, deleted }],
});
