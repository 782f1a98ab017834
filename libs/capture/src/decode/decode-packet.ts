import type { Observation } from '@flowledger/flow-record';
import type { CapturePacket } from '../format';
import { findNetworkHeader } from './link-layer';
import { readIpHeader } from './network-layer';
import type { SkipReason } from './skip-reason';
import { readTransportHeader } from './transport-layer';

/** One packet as an observation of its outermost IP header; tunnels are not opened. Throws `UnsupportedLinkType`. */
export function decodePacket({
  time,
  linkType,
  originalLength,
  data,
}: CapturePacket): Observation | SkipReason {
  const network = findNetworkHeader(linkType, data);
  if (typeof network === 'string') return network;
  const ip = readIpHeader(data, network.offset, network.version);
  if (typeof ip === 'string') return ip;
  if (!time) return 'noTime';
  return {
    first: time,
    last: time,
    ipVersion: ip.ipVersion,
    srcaddr: ip.srcaddr,
    dstaddr: ip.dstaddr,
    protocol: ip.protocol,
    packets: 1,
    bytes: ip.bytes,
    frameBytes: originalLength,
    ...readTransportHeader(data, ip.transport, ip.protocol),
  };
}
