import type {
  CollectionPeriod,
  Observation,
  PlannedFlowLog,
  PlannedInterface,
} from '@flowledger/flow-record';

export const everything: PlannedFlowLog = {
  flowLogId: 'fl-all',
  trafficType: 'All',
  trafficPath: ['all'],
  ipVersion: 'DualStack',
};

export const everyMinutes = (
  aggregationInterval: CollectionPeriod['aggregationInterval'],
  from = 0,
): CollectionPeriod => ({ from, aggregationInterval, flowLogs: [everything] });

export const networkInterface = (
  networkInterfaceId: string,
  addresses: readonly string[],
  changes: Partial<PlannedInterface> = {},
): PlannedInterface => ({
  accountId: '1000000000000001',
  regionId: 'cn-hangzhou',
  networkInterfaceId,
  vSwitchId: 'vsw-1',
  vpcId: 'vpc-1',
  instanceId: `i-${networkInterfaceId}`,
  addresses,
  schedule: [everyMinutes(1)],
  ...changes,
});

/** One TCP packet from 10.0.0.1 to 10.0.0.2 at `seconds`. */
export const packetAt = (seconds: number, changes: Partial<Observation> = {}): Observation => {
  const time = { seconds, nanoseconds: 0 };
  return {
    first: time,
    last: time,
    ipVersion: 4,
    srcaddr: '10.0.0.1',
    dstaddr: '10.0.0.2',
    srcport: 40000,
    dstport: 443,
    protocol: 6,
    packets: 1,
    bytes: 100,
    tcpFlags: 16,
    ...changes,
  };
};
