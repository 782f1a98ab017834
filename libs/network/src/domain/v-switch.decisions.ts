import { contains, overlaps } from './cidr.values';
import type { CreateVSwitchCommand, DeleteVSwitchCommand } from './network.commands';
import { NetworkRejected } from './network.errors';
import type { NetworkEvent } from './network.events';
import { assertResourceId, assertRevision, assertZone, cidrBlockOf, textOf } from './network.rules';
import type { Network, VSwitch } from './network.state';
import { vpcOf } from './vpc.decisions';

export function createVSwitch(command: CreateVSwitchCommand, network: Network): NetworkEvent[] {
  const { vSwitchId, vpcId, zoneId, cidrBlock } = command;
  assertResourceId('vsw', vSwitchId);
  assertZone(zoneId);
  const block = cidrBlockOf(cidrBlock, 29);
  const text = textOf(command.name, command.description);
  const vpc = vpcOf(network, vpcId);
  if (network.vSwitches.has(vSwitchId)) {
    throw new NetworkRejected('VSwitchAlreadyExists', `${vSwitchId} exists`);
  }
  if (!contains(cidrBlockOf(vpc.cidrBlock, 28), block)) {
    throw new NetworkRejected(
      'CidrBlockOutsideVpc',
      `${cidrBlock} is not inside ${vpc.cidrBlock} of ${vpcId}`,
    );
  }
  for (const siblingId of vpc.vSwitchIds) {
    const sibling = vSwitchOf(network, siblingId);
    if (overlaps(cidrBlockOf(sibling.cidrBlock, 29), block)) {
      throw new NetworkRejected(
        'CidrBlockOverlaps',
        `${cidrBlock} overlaps ${sibling.cidrBlock} of ${siblingId}`,
      );
    }
  }
  const { regionId } = vpc;
  return [{ type: 'VSwitchCreated', data: { vSwitchId, vpcId, regionId, zoneId, cidrBlock, text } }];
}

export function deleteVSwitch(command: DeleteVSwitchCommand, network: Network): NetworkEvent[] {
  const { vSwitchId, ifRevision } = command;
  const { vpcId, revision, networkInterfaceIds } = vSwitchOf(network, vSwitchId);
  assertRevision(vSwitchId, revision, ifRevision);
  if (networkInterfaceIds.size > 0) {
    throw new NetworkRejected(
      'VSwitchNotEmpty',
      `Delete the network interfaces of ${vSwitchId} first (${networkInterfaceIds.size})`,
    );
  }
  return [{ type: 'VSwitchDeleted', data: { vSwitchId, vpcId } }];
}

export function vSwitchOf({ vSwitches }: Network, vSwitchId: string): VSwitch {
  const vSwitch = vSwitches.get(vSwitchId);
  if (!vSwitch) throw new NetworkRejected('VSwitchNotFound', `There is no vSwitch ${vSwitchId.slice(0, 64)}`);
  return vSwitch;
}
