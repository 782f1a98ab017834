import { UnsupportedLinkType } from '../errors';
import type { SkipReason } from './skip-reason';

/** Where the IP header begins; `version` null: whichever its first half-byte says. */
export interface NetworkHeader {
  readonly offset: number;
  readonly version: 4 | 6 | null;
}

type LinkHeader = (data: Buffer) => NetworkHeader | SkipReason;

const VLAN_TYPES = new Set([0x8100, 0x88a8]);

/** Passes over any number of VLAN tags. */
function byEtherType(data: Buffer, etherType: number, payload: number): NetworkHeader | SkipReason {
  let type = etherType;
  let offset = payload;
  while (VLAN_TYPES.has(type)) {
    if (data.length < offset + 4) return 'malformed';
    type = data.readUInt16BE(offset + 2);
    offset += 4;
  }
  if (type === 0x0800) return { offset, version: 4 };
  if (type === 0x86dd) return { offset, version: 6 };
  return 'nonIp';
}

/** A link header of fixed length with an EtherType in it. */
const withEtherType =
  (length: number, typeAt: number): LinkHeader =>
  (data) =>
    data.length < length ? 'malformed' : byEtherType(data, data.readUInt16BE(typeAt), length);

const bare =
  (version: 4 | 6 | null): LinkHeader =>
  () => ({ offset: 0, version });

/** AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 24, 28 or 30 on the BSDs. */
const loopbackFamilies: ReadonlyMap<number, 4 | 6> = new Map([
  [2, 4],
  [10, 6],
  [24, 6],
  [28, 6],
  [30, 6],
]);

/** The family is in the order of the machine that captured: the one in which it is a small number. */
const loopback: LinkHeader = (data) => {
  if (data.length < 4) return 'malformed';
  const family = Math.min(data.readUInt32LE(0), data.readUInt32BE(0));
  const version = loopbackFamilies.get(family);
  return version ? { offset: 4, version } : 'nonIp';
};

const linkHeaders: ReadonlyMap<number, LinkHeader> = new Map([
  [0, loopback],
  [1, withEtherType(14, 12)],
  [12, bare(null)],
  [14, bare(null)],
  [101, bare(null)],
  [108, loopback],
  [113, withEtherType(16, 14)],
  [228, bare(4)],
  [229, bare(6)],
  [276, withEtherType(20, 0)],
]);

export function isSupportedLinkType(linkType: number): boolean {
  return linkHeaders.has(linkType);
}

export function findNetworkHeader(linkType: number, data: Buffer): NetworkHeader | SkipReason {
  const header = linkHeaders.get(linkType);
  if (!header) throw new UnsupportedLinkType(linkType);
  return header(data);
}
