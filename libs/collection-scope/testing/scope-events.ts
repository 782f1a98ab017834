import type { FlowLogCreated, FlowLogSettings } from '@flowledger/flow-log';
import type { NetworkInterfaceCreated } from '@flowledger/network';

export const accountId = '1000000000000001';

export const interfaceCreated = (
  networkInterfaceId: string,
  address: string,
  instanceType = 'ecs.g6.large',
): NetworkInterfaceCreated => ({
  type: 'NetworkInterfaceCreated',
  data: {
    networkInterfaceId,
    vSwitchId: 'vsw-1',
    vpcId: 'vpc-1',
    regionId: 'cn-hangzhou',
    privateIpAddresses: [address],
    instanceId: 'i-1',
    instanceType,
  },
});

export const flowLogCreated = (
  flowLogId: string,
  settings: Partial<FlowLogSettings> = {},
): FlowLogCreated => ({
  type: 'FlowLogCreated',
  data: {
    flowLogId,
    settings: {
      regionId: 'cn-hangzhou',
      resourceType: 'VPC',
      resourceId: 'vpc-1',
      vpcId: 'vpc-1',
      trafficType: 'All',
      trafficPath: ['all'],
      aggregationInterval: 5,
      ipVersion: 'IPv4',
      projectName: 'project',
      logstoreName: 'store',
      resourceGroupId: '',
      ...settings,
    },
    text: { name: '', description: '' },
    tags: [],
    serviceType: '',
    logstoreId: 'logstore-1',
    accountId,
  },
});
