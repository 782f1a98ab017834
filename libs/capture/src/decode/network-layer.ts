import { formatIpv4, formatIpv6 } from '@flowledger/flow-record';
import type { SkipReason } from './skip-reason';

/** The outer IP header. */
export interface IpHeader {
  readonly ipVersion: 4 | 6;
  readonly srcaddr: string;
  readonly dstaddr: string;
  readonly protocol: number;
  /** Total length by the header, also where the frame is shorter or padded. */
  readonly bytes: number;
  /** Where the transport header begins; null in a fragment other than the first. */
  readonly transport: number | null;
}

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;

export function readIpHeader(data: Buffer, offset: number, expected: 4 | 6 | null): IpHeader | SkipReason {
  if (data.length <= offset) return 'malformed';
  const version = data[offset]! >> 4;
  if ((version !== 4 && version !== 6) || (expected !== null && version !== expected)) return 'malformed';
  return version === 4 ? readIpv4(data, offset) : readIpv6(data, offset);
}

function readIpv4(data: Buffer, offset: number): IpHeader | SkipReason {
  if (data.length < offset + IPV4_HEADER) return 'malformed';
  const headerLength = (data[offset]! & 0x0f) * 4;
  const bytes = data.readUInt16BE(offset + 2);
  if (headerLength < IPV4_HEADER || bytes < headerLength) return 'malformed';
  const isLaterFragment = (data.readUInt16BE(offset + 6) & 0x1fff) !== 0;
  return {
    ipVersion: 4,
    srcaddr: formatIpv4(data, offset + 12),
    dstaddr: formatIpv4(data, offset + 16),
    protocol: data[offset + 9]!,
    bytes,
    transport: isLaterFragment ? null : offset + headerLength,
  };
}

function readIpv6(data: Buffer, offset: number): IpHeader | SkipReason {
  if (data.length < offset + IPV6_HEADER) return 'malformed';
  return {
    ipVersion: 6,
    srcaddr: formatIpv6(data, offset + 8),
    dstaddr: formatIpv6(data, offset + 24),
    bytes: data.readUInt16BE(offset + 4) + IPV6_HEADER,
    ...walkExtensionHeaders(data, data[offset + 6]!, offset + IPV6_HEADER),
  };
}

const FRAGMENT = 44;
const AUTHENTICATION = 51;
/** Hop-by-hop options, routing, fragment, authentication, destination options. ESP (50) hides what follows. */
const extensionHeaders = new Set([0, 43, FRAGMENT, AUTHENTICATION, 60]);

/** An extension header outside the captured part ends the walk: the protocol is the last number read. */
function walkExtensionHeaders(
  data: Buffer,
  first: number,
  begin: number,
): Pick<IpHeader, 'protocol' | 'transport'> {
  let protocol = first;
  let offset = begin;
  while (extensionHeaders.has(protocol) && data.length >= offset + 4) {
    const next = data[offset]!;
    if (protocol === FRAGMENT) {
      if (data.readUInt16BE(offset + 2) >> 3 !== 0) return { protocol: next, transport: null };
      offset += 8;
    } else if (protocol === AUTHENTICATION) {
      offset += (data[offset + 1]! + 2) * 4;
    } else {
      offset += (data[offset + 1]! + 1) * 8;
    }
    protocol = next;
  }
  return { protocol, transport: offset };
}
