import type { Instant, Observation } from '@flowledger/flow-record';

/** One made-up connection: its 5-tuple from the side that opened it, and its moments in microseconds since 1970. */
export interface Connection {
  readonly ipVersion: 4 | 6;
  readonly client: string;
  readonly server: string;
  readonly clientPort: number;
  readonly serverPort: number;
  readonly protocol: number;
  readonly path: number;
  readonly rejected: boolean;
  readonly opened: number;
  readonly closed: number;
  /** Mean bytes of a packet from the server. */
  readonly replySize: number;
}

/** A connection is seen when it opens, each fifteen seconds, and when it closes: never less than once a window. */
const PACE = 15_000_000;

/** The moment of sight `index`, or null beyond the close. */
export function sightAt({ opened, closed, rejected }: Connection, index: number): number | null {
  const sights = Math.ceil((closed - opened) / PACE);
  if (rejected) return index === 0 ? opened : null;
  if (index > Math.max(sights, 1)) return null;
  return Math.min(opened + index * PACE, closed);
}

/** The first sight at `moment` or later. */
export function firstSightFrom({ opened, closed }: Connection, moment: number): number {
  const last = Math.max(Math.ceil((closed - opened) / PACE), 1);
  return Math.min(Math.max(Math.ceil((moment - opened) / PACE), 0), last);
}

export function instantOf(microseconds: number): Instant {
  const seconds = Math.floor(microseconds / 1e6);
  return { seconds, nanoseconds: (microseconds - seconds * 1e6) * 1000 };
}

const TCP = 6;

/** What both ends send around one sight: the request, then the reply unless the connection was refused. */
export function observationsAt(connection: Connection, index: number, moment: number): Observation[] {
  const { ipVersion, client, server, clientPort, serverPort, protocol, path, rejected, replySize } =
    connection;
  const isTcp = protocol === TCP;
  const isLast = moment === connection.closed && index > 0;
  const time = instantOf(moment);
  const shared = { first: time, last: time, ipVersion, protocol, path, closed: isLast && !isTcp };
  const request: Observation = {
    ...shared,
    srcaddr: client,
    dstaddr: server,
    srcport: clientPort,
    dstport: serverPort,
    packets: rejected ? 1 : 2,
    bytes: rejected ? 60 : 120,
    tcpFlags: isTcp ? flagsOf(index, isLast, rejected ? 2 : 18) : 0,
    action: rejected ? 'REJECT' : 'ACCEPT',
  };
  if (rejected) return [{ ...request, closed: true }];
  const reply: Observation = {
    ...shared,
    srcaddr: server,
    dstaddr: client,
    srcport: serverPort,
    dstport: clientPort,
    packets: 2 + (index % 3),
    bytes: (2 + (index % 3)) * replySize,
    tcpFlags: isTcp ? flagsOf(index, isLast, 18) : 0,
    action: 'ACCEPT',
  };
  return [request, reply];
}

/** SYN first, FIN and ACK last, PSH and ACK between. */
function flagsOf(index: number, isLast: boolean, opening: number): number {
  if (isLast) return 17;
  return index === 0 ? opening : 24;
}
