import type {
  Direction,
  EntryInterface,
  Instant,
  Observation,
  TrafficEntry,
  Verdict,
} from '@flowledger/flow-record';
import { compareInstants } from '@flowledger/flow-record';
import type { Classified } from './classify';

const TCP = 6;
const FIN = 0x01;
const RST = 0x04;

interface Flow {
  readonly observation: Observation;
  readonly direction: Direction;
  readonly action: Verdict;
  readonly path: number;
  packets: number;
  bytes: number;
  tcpFlags: number;
  first: Instant;
  last: Instant;
  closed: boolean;
}

/** The live keys of one window on one interface: direction, 5-tuple, verdict and path. */
export class FlowTable {
  private readonly flows = new Map<string, Flow>();

  get size(): number {
    return this.flows.size;
  }

  /** False when the key is new and the table may not grow; nothing is counted then. */
  add(observation: Observation, { direction, action, path }: Classified, mayGrow: boolean): boolean {
    const { packets, bytes, tcpFlags, first, last } = observation;
    const key = keyOf(observation, direction, action, path);
    const flow = this.flows.get(key);
    if (!flow) {
      if (!mayGrow) return false;
      const counts = { packets, bytes, tcpFlags, first, last, closed: observation.closed ?? false };
      this.flows.set(key, { observation, direction, action, path, ...counts });
      return true;
    }
    flow.packets += packets;
    flow.bytes += bytes;
    flow.tcpFlags |= tcpFlags;
    if (compareInstants(first, flow.first) < 0) flow.first = first;
    if (compareInstants(last, flow.last) > 0) flow.last = last;
    flow.closed ||= observation.closed ?? false;
    return true;
  }

  /** Sorted by key, so that the order of arrival leaves no trace. */
  entries(at: EntryInterface, windowEnd: number): TrafficEntry[] {
    const keys = [...this.flows.keys()].sort();
    return keys.map((key) => {
      const flow = this.flows.get(key)!;
      const { ipVersion, protocol, srcaddr, srcport, dstaddr, dstport } = flow.observation;
      return {
        ...at,
        logStatus: 'OK',
        type: ipVersion === 4 ? 'IPv4' : 'IPv6',
        protocol,
        srcaddr,
        srcport,
        dstaddr,
        dstport,
        direction: flow.direction,
        action: flow.action,
        packets: flow.packets,
        bytes: flow.bytes,
        start: flow.first.seconds,
        end: hasEnded(flow) ? Math.min(flow.last.seconds, windowEnd) : windowEnd,
        tcpFlags: flow.tcpFlags,
        trafficPath: flow.path,
      };
    });
  }
}

/**
 * A TCP flow ends with its FIN or RST and is open without one; a refused one never opened. Other protocols have no
 * close: each stretch of them ends with its last packet.
 */
function hasEnded({ observation, tcpFlags, closed, action }: Flow): boolean {
  return closed || action === 'REJECT' || observation.protocol !== TCP || (tcpFlags & (FIN | RST)) !== 0;
}

function keyOf(o: Observation, direction: Direction, action: Verdict, path: number): string {
  return `${o.srcaddr} ${o.srcport} ${o.dstaddr} ${o.dstport} ${o.protocol} ${direction} ${action} ${path}`;
}
