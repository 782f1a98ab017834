import { canonicalAddress } from '@flowledger/flow-record';
import { parseCidrBlock } from './cidr.values';
import type { CidrBlock } from './cidr.values';
import type { Attachment } from './network.commands';
import { NetworkRejected } from './network.errors';
import { isResourceId } from './resource-id';
import type { ResourcePrefix } from './resource-id';

export const maxAddresses = 50;

export function assertResourceId(prefix: ResourcePrefix, id: string): void {
  if (!isResourceId(prefix, id)) {
    throw new NetworkRejected(
      'InvalidResourceId',
      `An id is "${prefix}-" and 1 to 40 lower-case letters and digits`,
    );
  }
}

const placeName = /^[a-z0-9][a-z0-9-]{1,62}$/;

export function assertRegion(regionId: string): void {
  if (!placeName.test(regionId)) {
    throw new NetworkRejected('InvalidRegion', 'A region id looks like cn-hangzhou');
  }
}

export function assertZone(zoneId: string): void {
  if (!placeName.test(zoneId)) throw new NetworkRejected('InvalidZone', 'A zone id looks like cn-hangzhou-h');
}

/** Names need not be unique (DD-31) and may be empty, as in the cloud. */
export function textOf(name: string, description = ''): { name: string; description: string } {
  if (name.length > 128) throw new NetworkRejected('InvalidName', 'A name has at most 128 characters');
  if (description.length > 256) {
    throw new NetworkRejected('InvalidDescription', 'A description has at most 256 characters');
  }
  return { name, description };
}

export function cidrBlockOf(text: string, longestPrefix: number): CidrBlock {
  const block = parseCidrBlock(text);
  if (!block || block.prefixLength < 8 || block.prefixLength > longestPrefix) {
    const expected = `An IPv4 block from /8 to /${longestPrefix} whose host bits are zero is needed`;
    throw new NetworkRejected('InvalidCidrBlock', `${expected}, such as 192.168.0.0/16`);
  }
  return block;
}

/** In their one spelling, in the order given. */
export function addressesOf(texts: readonly string[]): string[] {
  if (texts.length < 1 || texts.length > maxAddresses) {
    throw new NetworkRejected('InvalidAddress', `A network interface has 1 to ${maxAddresses} addresses`);
  }
  const addresses = texts.map(addressOf);
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twice) throw new NetworkRejected('AddressInUse', `${twice} is given twice`);
  return addresses;
}

/** An IPv4 address dressed as IPv6 (`::ffff:10.0.0.1`) would escape the rule of unique addresses. */
function addressOf(text: string): string {
  const address = text.length > 45 ? null : canonicalAddress(text);
  if (!address || address.startsWith('::ffff:')) {
    throw new NetworkRejected('InvalidAddress', `"${text.slice(0, 45)}" is not an IPv4 or IPv6 address`);
  }
  return address;
}

export function attachmentOf({ instanceId = '', instanceType = '' }: Partial<Attachment>): {
  instanceId: string;
  instanceType: string;
} {
  if (instanceId === '' && instanceType !== '') {
    throw new NetworkRejected('InvalidAttachment', 'An instance type needs the instance it belongs to');
  }
  const word = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
  for (const value of [instanceId, instanceType]) {
    if (value !== '' && !word.test(value)) {
      throw new NetworkRejected(
        'InvalidAttachment',
        'Instance id and type have 1 to 64 letters, digits, ".", "_" or "-"',
      );
    }
  }
  return { instanceId, instanceType };
}

export function assertRevision(id: string, actual: number, expected: number | undefined): void {
  if (expected !== undefined && expected !== actual) {
    throw new NetworkRejected('RevisionMismatch', `${id} is at revision ${actual}, not ${expected}`);
  }
}
