import type { Verdict } from './observation';

export type Direction = 'in' | 'out';
export type LogStatus = 'OK' | 'NODATA' | 'SKIPDATA';

/** Where an entry was recorded. */
export interface EntryInterface {
  readonly accountId: string;
  readonly regionId: string;
  readonly networkInterfaceId: string;
  /** `''` when the interface is not attached. */
  readonly instanceId: string;
  readonly vSwitchId: string;
  readonly vpcId: string;
}

/** The traffic of one 5-tuple, direction, verdict and path on one interface within one window. */
export interface TrafficEntry extends EntryInterface {
  readonly logStatus: 'OK';
  readonly type: 'IPv4' | 'IPv6';
  readonly protocol: number;
  readonly srcaddr: string;
  readonly srcport: number;
  readonly dstaddr: string;
  readonly dstport: number;
  readonly direction: Direction;
  readonly action: Verdict;
  readonly packets: number;
  readonly bytes: number;
  /** Unix seconds of the first packet in the window. */
  readonly start: number;
  /** Unix seconds: the window's end for a connection still open, else its close time. */
  readonly end: number;
  /** OR over all packets; 0 for other protocols than TCP (DD-15). */
  readonly tcpFlags: number;
  readonly trafficPath: number;
}

/** A window without traffic (NODATA), or with loss (SKIPDATA). Not a flow: statistics leave it out. */
export interface GapEntry extends EntryInterface {
  readonly logStatus: 'NODATA' | 'SKIPDATA';
  /** The window, Unix seconds. */
  readonly start: number;
  readonly end: number;
  /** Why records are missing; SKIPDATA only. */
  readonly reason?: string;
}

export type FlowLogEntry = TrafficEntry | GapEntry;
