import type { NetworkEvent, NetworkInterfaceCreated, VpcCreated, VSwitchCreated } from './network.events';

/** `revision` counts the resource's own events after the first: it is what a front door shows as the ETag. */
export interface Vpc {
  readonly regionId: string;
  readonly cidrBlock: string;
  readonly revision: number;
  readonly vSwitchIds: Set<string>;
  /** Canonical text of every address in use → the interface that has it. */
  readonly addresses: Map<string, string>;
}

export interface VSwitch {
  readonly vpcId: string;
  readonly regionId: string;
  readonly cidrBlock: string;
  readonly revision: number;
  readonly networkInterfaceIds: Set<string>;
}

export interface NetworkInterface {
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly regionId: string;
  privateIpAddresses: readonly string[];
  instanceId: string;
  instanceType: string;
  revision: number;
}

/** An account's inventory, folded in place: a copy for every event would make it quadratic. */
export interface Network {
  readonly vpcs: Map<string, Vpc>;
  readonly vSwitches: Map<string, VSwitch>;
  readonly networkInterfaces: Map<string, NetworkInterface>;
}

export const emptyNetwork = (): Network => ({
  vpcs: new Map(),
  vSwitches: new Map(),
  networkInterfaces: new Map(),
});

export function evolveNetwork(network: Network, event: NetworkEvent): Network {
  switch (event.type) {
    case 'VpcCreated':
      addVpc(network, event.data);
      break;
    case 'VpcDeleted':
      network.vpcs.delete(event.data.vpcId);
      break;
    case 'VSwitchCreated':
      addVSwitch(network, event.data);
      break;
    case 'VSwitchDeleted':
      network.vSwitches.delete(event.data.vSwitchId);
      network.vpcs.get(event.data.vpcId)?.vSwitchIds.delete(event.data.vSwitchId);
      break;
    case 'NetworkInterfaceCreated':
      addNetworkInterface(network, event.data);
      break;
    case 'NetworkInterfaceDeleted':
      setAddresses(network, event.data.networkInterfaceId, []);
      network.networkInterfaces.delete(event.data.networkInterfaceId);
      network.vSwitches.get(event.data.vSwitchId)?.networkInterfaceIds.delete(event.data.networkInterfaceId);
      break;
    case 'NetworkInterfaceAddressesChanged':
      setAddresses(network, event.data.networkInterfaceId, event.data.privateIpAddresses);
      countChange(network, event.data.networkInterfaceId);
      break;
    case 'NetworkInterfaceAttached':
      attach(network, event.data.networkInterfaceId, event.data.instanceId, event.data.instanceType);
      break;
    case 'NetworkInterfaceDetached':
      attach(network, event.data.networkInterfaceId, '', '');
      break;
  }
  return network;
}

const addVpc = ({ vpcs }: Network, { vpcId, regionId, cidrBlock }: VpcCreated['data']): void => {
  vpcs.set(vpcId, { regionId, cidrBlock, revision: 0, vSwitchIds: new Set(), addresses: new Map() });
};

const addVSwitch = ({ vpcs, vSwitches }: Network, data: VSwitchCreated['data']): void => {
  const { vSwitchId, vpcId, regionId, cidrBlock } = data;
  vSwitches.set(vSwitchId, { vpcId, regionId, cidrBlock, revision: 0, networkInterfaceIds: new Set() });
  vpcs.get(vpcId)?.vSwitchIds.add(vSwitchId);
};

function addNetworkInterface(network: Network, data: NetworkInterfaceCreated['data']): void {
  const { networkInterfaceId, vpcId, vSwitchId, regionId, instanceId, instanceType } = data;
  const created = {
    vpcId,
    vSwitchId,
    regionId,
    instanceId,
    instanceType,
    privateIpAddresses: [],
    revision: 0,
  };
  network.networkInterfaces.set(networkInterfaceId, created);
  network.vSwitches.get(vSwitchId)?.networkInterfaceIds.add(networkInterfaceId);
  setAddresses(network, networkInterfaceId, data.privateIpAddresses);
}

function setAddresses(network: Network, networkInterfaceId: string, addresses: readonly string[]): void {
  const networkInterface = network.networkInterfaces.get(networkInterfaceId);
  if (!networkInterface) return;
  const inUse = network.vpcs.get(networkInterface.vpcId)?.addresses;
  for (const address of networkInterface.privateIpAddresses) inUse?.delete(address);
  for (const address of addresses) inUse?.set(address, networkInterfaceId);
  networkInterface.privateIpAddresses = addresses;
}

function attach(
  network: Network,
  networkInterfaceId: string,
  instanceId: string,
  instanceType: string,
): void {
  const networkInterface = network.networkInterfaces.get(networkInterfaceId);
  if (!networkInterface) return;
  networkInterface.instanceId = instanceId;
  networkInterface.instanceType = instanceType;
  networkInterface.revision += 1;
}

function countChange(network: Network, networkInterfaceId: string): void {
  const networkInterface = network.networkInterfaces.get(networkInterfaceId);
  if (networkInterface) networkInterface.revision += 1;
}
