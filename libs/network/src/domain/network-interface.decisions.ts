import { containsAddress } from './cidr.values';
import type {
  ChangeNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  DeleteNetworkInterfaceCommand,
} from './network.commands';
import { NetworkRejected } from './network.errors';
import type { NetworkEvent } from './network.events';
import { addressesOf, assertResourceId, assertRevision, attachmentOf, cidrBlockOf } from './network.rules';
import type { Network, NetworkInterface } from './network.state';
import { vSwitchOf } from './v-switch.decisions';

export function createNetworkInterface(
  command: CreateNetworkInterfaceCommand,
  network: Network,
): NetworkEvent[] {
  const { networkInterfaceId, vSwitchId } = command;
  assertResourceId('eni', networkInterfaceId);
  const privateIpAddresses = addressesOf(command.privateIpAddresses);
  const attachment = attachmentOf(command);
  const { vpcId, regionId } = vSwitchOf(network, vSwitchId);
  if (network.networkInterfaces.has(networkInterfaceId)) {
    throw new NetworkRejected('NetworkInterfaceAlreadyExists', `${networkInterfaceId} exists`);
  }
  assertFree(network, vSwitchId, networkInterfaceId, privateIpAddresses);
  const where = { networkInterfaceId, vSwitchId, vpcId, regionId };
  return [{ type: 'NetworkInterfaceCreated', data: { ...where, privateIpAddresses, ...attachment } }];
}

/** What is already so is no event: the same change again changes nothing. */
export function changeNetworkInterface(
  command: ChangeNetworkInterfaceCommand,
  network: Network,
): NetworkEvent[] {
  const { networkInterfaceId, ifRevision } = command;
  const wanted = command.privateIpAddresses && addressesOf(command.privateIpAddresses);
  const attachment = command.attach && attachmentOf(command.attach);
  if (attachment?.instanceId === '') {
    throw new NetworkRejected('InvalidAttachment', 'Name the instance to attach to');
  }
  const current = networkInterfaceOf(network, networkInterfaceId);
  assertRevision(networkInterfaceId, current.revision, ifRevision);
  const subject = { networkInterfaceId, vpcId: current.vpcId };
  const events: NetworkEvent[] = [];
  if (wanted && !isSame(wanted, current.privateIpAddresses)) {
    assertFree(network, current.vSwitchId, networkInterfaceId, wanted);
    events.push({
      type: 'NetworkInterfaceAddressesChanged',
      data: { ...subject, privateIpAddresses: wanted },
    });
  }
  const stays =
    attachment?.instanceId === current.instanceId && attachment.instanceType === current.instanceType;
  if (command.detach && current.instanceId !== '' && !stays) {
    events.push({ type: 'NetworkInterfaceDetached', data: subject });
  }
  if (attachment && !stays) {
    if (current.instanceId !== '' && !command.detach) {
      throw new NetworkRejected(
        'NetworkInterfaceInUse',
        `${networkInterfaceId} is attached to ${current.instanceId}; detach it first, or in the same request`,
      );
    }
    events.push({ type: 'NetworkInterfaceAttached', data: { ...subject, ...attachment } });
  }
  return events;
}

/** An attached one too: the cloud takes the interface away with its instance, and here nobody else tells us. */
export function deleteNetworkInterface(
  { networkInterfaceId, ifRevision }: DeleteNetworkInterfaceCommand,
  network: Network,
): NetworkEvent[] {
  const { vSwitchId, vpcId, revision } = networkInterfaceOf(network, networkInterfaceId);
  assertRevision(networkInterfaceId, revision, ifRevision);
  return [{ type: 'NetworkInterfaceDeleted', data: { networkInterfaceId, vSwitchId, vpcId } }];
}

function networkInterfaceOf({ networkInterfaces }: Network, networkInterfaceId: string): NetworkInterface {
  const networkInterface = networkInterfaces.get(networkInterfaceId);
  if (!networkInterface) {
    throw new NetworkRejected(
      'NetworkInterfaceNotFound',
      `There is no network interface ${networkInterfaceId.slice(0, 64)}`,
    );
  }
  return networkInterface;
}

/** DD-31: IPv4 addresses lie inside the vSwitch, IPv6 anywhere; all are unique in the VPC. */
function assertFree(network: Network, vSwitchId: string, owner: string, addresses: readonly string[]): void {
  const vSwitch = vSwitchOf(network, vSwitchId);
  const block = cidrBlockOf(vSwitch.cidrBlock, 29);
  const outside = addresses.find((address) => !address.includes(':') && !containsAddress(block, address));
  if (outside) {
    throw new NetworkRejected(
      'AddressOutsideVSwitch',
      `${outside} is not inside ${vSwitch.cidrBlock} of ${vSwitchId}`,
    );
  }
  const inUse = network.vpcs.get(vSwitch.vpcId)?.addresses;
  for (const address of addresses) {
    const holder = inUse?.get(address);
    if (holder !== undefined && holder !== owner) {
      throw new NetworkRejected('AddressInUse', `${address} belongs to ${holder}`);
    }
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);
