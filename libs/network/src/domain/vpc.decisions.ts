import type { CreateVpcCommand, DeleteVpcCommand } from './network.commands';
import { NetworkRejected } from './network.errors';
import type { NetworkEvent } from './network.events';
import { assertRegion, assertResourceId, assertRevision, cidrBlockOf, textOf } from './network.rules';
import type { Network, Vpc } from './network.state';

/** Blocks of different VPCs may overlap (DD-31): they are networks of their own. */
export function createVpc(command: CreateVpcCommand, { vpcs }: Network): NetworkEvent[] {
  const { vpcId, regionId, cidrBlock } = command;
  assertResourceId('vpc', vpcId);
  assertRegion(regionId);
  cidrBlockOf(cidrBlock, 28);
  const text = textOf(command.name, command.description);
  if (vpcs.has(vpcId)) throw new NetworkRejected('VpcAlreadyExists', `${vpcId} exists`);
  return [{ type: 'VpcCreated', data: { vpcId, regionId, cidrBlock, text } }];
}

export function deleteVpc({ vpcId, ifRevision }: DeleteVpcCommand, network: Network): NetworkEvent[] {
  const vpc = vpcOf(network, vpcId);
  assertRevision(vpcId, vpc.revision, ifRevision);
  if (vpc.vSwitchIds.size > 0) {
    throw new NetworkRejected(
      'VpcNotEmpty',
      `Delete the vSwitches of ${vpcId} first (${vpc.vSwitchIds.size})`,
    );
  }
  return [{ type: 'VpcDeleted', data: { vpcId } }];
}

export function vpcOf({ vpcs }: Network, vpcId: string): Vpc {
  const vpc = vpcs.get(vpcId);
  if (!vpc) throw new NetworkRejected('VpcNotFound', `There is no VPC ${vpcId.slice(0, 64)}`);
  return vpc;
}
