import { parseAddress } from '@flowledger/flow-record';

/** An IPv4 block: its first address as an unsigned 32-bit number, and the length of its prefix. */
export interface CidrBlock {
  readonly first: number;
  readonly prefixLength: number;
}

const toNumber = (bytes: Uint8Array): number =>
  ((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0;

const size = ({ prefixLength }: CidrBlock): number => 2 ** (32 - prefixLength);

/** Null when it is no IPv4 CIDR block or names a host inside one (`10.0.0.1/8`). */
export function parseCidrBlock(text: string): CidrBlock | null {
  const match = /^(\d{1,3}(?:\.\d{1,3}){3})\/(0|[1-9]\d?)$/.exec(text);
  const bytes = match && parseAddress(match[1]!);
  if (!bytes) return null;
  const block = { first: toNumber(bytes), prefixLength: Number(match[2]) };
  return block.prefixLength <= 32 && block.first % size(block) === 0 ? block : null;
}

export const contains = (outer: CidrBlock, inner: CidrBlock): boolean =>
  inner.prefixLength >= outer.prefixLength && holds(outer, inner.first);

/** Blocks are aligned to their size, so two that share an address lie one within the other. */
export const overlaps = (a: CidrBlock, b: CidrBlock): boolean => contains(a, b) || contains(b, a);

/** `address` is IPv4 text. */
export const containsAddress = (block: CidrBlock, address: string): boolean => {
  const bytes = parseAddress(address);
  return bytes?.length === 4 && holds(block, toNumber(bytes));
};

const holds = (block: CidrBlock, address: number): boolean =>
  address >= block.first && address < block.first + size(block);
