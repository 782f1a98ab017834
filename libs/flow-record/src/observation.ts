/** A moment since 1970 without loss: captures carry nanoseconds, which a double cannot hold. */
export interface Instant {
  /** Whole seconds since 1970. */
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanoseconds: number;
}

export type Verdict = 'ACCEPT' | 'REJECT';

/**
 * What an input saw of one directional flow: one packet of a capture, or a record that sums several.
 * Addresses are text, IPv6 after RFC 5952. Counts are safe integers.
 */
export interface Observation {
  readonly first: Instant;
  readonly last: Instant;
  readonly ipVersion: 4 | 6;
  readonly srcaddr: string;
  readonly dstaddr: string;
  /** 0 unless TCP or UDP with its header in the captured part. */
  readonly srcport: number;
  readonly dstport: number;
  /** IANA number. */
  readonly protocol: number;
  readonly packets: number;
  /** Sum of IP total lengths, from the headers. */
  readonly bytes: number;
  /** OR of the low eight flag bits; 0 unless TCP. */
  readonly tcpFlags: number;
  /** Sum of original frame lengths, when the input knows them. */
  readonly frameBytes?: number;
  /** Carried by inputs that know it; otherwise the classification decides. */
  readonly action?: Verdict;
  /** `traffic_path` code, carried by inputs that know it. */
  readonly path?: number;
  /** The flow was seen to end at `last`, although nothing in `tcpFlags` says so. */
  readonly closed?: boolean;
}

/** Negative when `a` is earlier, 0 when equal. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;
}

/** Seconds with nine decimals, for example `1128727435.633408000`. */
export function formatInstant({ seconds, nanoseconds }: Instant): string {
  return `${seconds}.${String(nanoseconds).padStart(9, '0')}`;
}
