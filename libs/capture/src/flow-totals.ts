import type { Instant, Observation } from '@flowledger/flow-record';
import { compareInstants, parseAddress } from '@flowledger/flow-record';

/** One directional 5-tuple over a whole capture: nothing splits it by time. */
export interface FlowTotal {
  readonly ipVersion: 4 | 6;
  readonly srcaddr: string;
  readonly srcport: number;
  readonly dstaddr: string;
  readonly dstport: number;
  readonly protocol: number;
  packets: number;
  bytes: number;
  tcpFlags: number;
  first: Instant;
  last: Instant;
  frameBytes: number;
}

/** Sums observations per flow, for comparison with other tools. */
export class FlowTotals {
  private readonly byKey = new Map<string, FlowTotal>();

  add(o: Observation): void {
    const key = `${o.protocol} ${o.srcaddr} ${o.srcport} ${o.dstaddr} ${o.dstport}`;
    const flow = this.byKey.get(key);
    if (!flow) {
      const {
        ipVersion,
        srcaddr,
        srcport,
        dstaddr,
        dstport,
        protocol,
        packets,
        bytes,
        tcpFlags,
        first,
        last,
      } = o;
      const counts = { packets, bytes, tcpFlags, first, last, frameBytes: o.frameBytes ?? 0 };
      this.byKey.set(key, { ipVersion, srcaddr, srcport, dstaddr, dstport, protocol, ...counts });
      return;
    }
    flow.packets += o.packets;
    flow.bytes += o.bytes;
    flow.tcpFlags |= o.tcpFlags;
    flow.frameBytes += o.frameBytes ?? 0;
    if (compareInstants(o.first, flow.first) < 0) flow.first = o.first;
    if (compareInstants(o.last, flow.last) > 0) flow.last = o.last;
  }

  get size(): number {
    return this.byKey.size;
  }

  /** By IP version, source address as bytes, source port, destination address as bytes, destination port, protocol. */
  sorted(): FlowTotal[] {
    return [...this.byKey.values()].sort(
      (a, b) =>
        a.ipVersion - b.ipVersion ||
        compareAddresses(a.srcaddr, b.srcaddr) ||
        a.srcport - b.srcport ||
        compareAddresses(a.dstaddr, b.dstaddr) ||
        a.dstport - b.dstport ||
        a.protocol - b.protocol,
    );
  }
}

function compareAddresses(a: string, b: string): number {
  return Buffer.compare(parseAddress(a)!, parseAddress(b)!);
}
