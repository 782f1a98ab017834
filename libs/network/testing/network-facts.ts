import type { NetworkInterfaceCreated, VpcCreated, VSwitchCreated } from '../src/domain/network.events';

/** A small network to tell stories about: one VPC, a vSwitch in it, an interface in that. */
export const vpcId = 'vpc-a';
export const vSwitchId = 'vsw-a';
export const networkInterfaceId = 'eni-a';

const text = { name: 'n', description: '' };

export const vpcCreated: VpcCreated = {
  type: 'VpcCreated',
  data: { vpcId, regionId: 'cn-hangzhou', cidrBlock: '10.0.0.0/8', text },
};

export const vSwitchCreated: VSwitchCreated = {
  type: 'VSwitchCreated',
  data: {
    vSwitchId,
    vpcId,
    regionId: 'cn-hangzhou',
    zoneId: 'cn-hangzhou-h',
    cidrBlock: '10.1.0.0/16',
    text,
  },
};

export const interfaceCreated: NetworkInterfaceCreated = {
  type: 'NetworkInterfaceCreated',
  data: {
    networkInterfaceId,
    vSwitchId,
    vpcId,
    regionId: 'cn-hangzhou',
    privateIpAddresses: ['10.1.0.5'],
    instanceId: '',
    instanceType: '',
  },
};
