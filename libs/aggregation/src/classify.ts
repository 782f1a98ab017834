import type { Direction, Observation, PlannedInterface, Verdict } from '@flowledger/flow-record';
import { isPublicAddress, pathCode } from '@flowledger/flow-record';
import type { InterfaceDirectory } from './interface-directory';

/** An observation as one interface records it. */
export interface Classified {
  readonly networkInterface: PlannedInterface;
  readonly direction: Direction;
  readonly action: Verdict;
  /** `traffic_path` code. */
  readonly path: number;
}

/**
 * Who records an observation (DD-20). A named interface takes everything; otherwise each interface that owns the
 * source (`out`) or the destination (`in`) does, an owner of both once, as `out`. Empty: nobody.
 * Verdict and path are the observation's own, else ACCEPT and `pathTo` the other end.
 */
export function classify(
  observation: Observation,
  directory: InterfaceDirectory,
  named?: PlannedInterface,
): Classified[] {
  const sources = directory.owners(observation.srcaddr);
  const recording = named
    ? [named]
    : [...sources, ...directory.owners(observation.dstaddr).filter((owner) => !sources.includes(owner))];
  return recording.map((networkInterface) => {
    const direction = sources.includes(networkInterface) ? 'out' : 'in';
    const peer = direction === 'out' ? observation.dstaddr : observation.srcaddr;
    return {
      networkInterface,
      direction,
      action: observation.action ?? 'ACCEPT',
      path: observation.path ?? pathTo(peer, networkInterface, directory),
    };
  });
}

/**
 * The documented codes that addresses alone can tell: 2 an instance of the same VPC, 3 an interface of it without an
 * instance, 15 (IPv6: 14) the Internet, 0 anything else. Gateways are known only to inputs that carry the path.
 */
function pathTo(peer: string, from: PlannedInterface, directory: InterfaceDirectory): number {
  const neighbour = directory.owners(peer).find(({ vpcId }) => vpcId === from.vpcId);
  if (neighbour) return neighbour.instanceId ? pathCode.sameVpcInstance : pathCode.networkInterface;
  if (!isPublicAddress(peer)) return pathCode.other;
  return peer.includes(':') ? pathCode.internetByIpv6Gateway : pathCode.internetByPublicIp;
}
