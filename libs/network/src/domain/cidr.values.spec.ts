import fc from 'fast-check';
import { contains, containsAddress, overlaps, parseCidrBlock } from './cidr.values';

const bitsOf = (text: string): string =>
  text
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');

/** Network bits as text: a block contains what begins with it. */
const prefixOf = (text: string): string => {
  const [address, length] = text.split('/');
  return bitsOf(address!).slice(0, Number(length));
};

const dotted = (bits: string): string =>
  [0, 8, 16, 24].map((at) => parseInt(bits.slice(at, at + 8), 2)).join('.');

/** Few distinct bits, so that containment happens often. */
const blocks = fc
  .array(fc.constantFrom('0', '1'), { maxLength: 32 })
  .map((bits) => (bits.length > 20 ? bits : bits.slice(0, 3)).join(''))
  .map((prefix) => `${dotted(prefix.padEnd(32, '0'))}/${prefix.length}`);
const addresses = fc.integer({ min: 0, max: 0xffffffff }).map((n) => dotted(n.toString(2).padStart(32, '0')));

describe('a CIDR block', () => {
  it.each(['0.0.0.0/0', '10.0.0.0/8', '192.168.1.128/25', '1.2.3.4/32'])('is %s', (text) =>
    expect(parseCidrBlock(text)).not.toBeNull(),
  );

  it.each(['', '10.0.0.0', '10.0.0.1/8', '10.0.0.0/33', '10.0.0.0/08', '256.0.0.0/8', 'fd00::/8', '1.2.3/8'])(
    'is not %j',
    (text) => expect(parseCidrBlock(text)).toBeNull(),
  );

  it('contains and overlaps as its bits say', () => {
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        const [left, right] = [parseCidrBlock(a)!, parseCidrBlock(b)!];
        const inside = prefixOf(b).startsWith(prefixOf(a));
        expect(contains(left, right)).toBe(inside);
        expect(overlaps(left, right)).toBe(inside || prefixOf(a).startsWith(prefixOf(b)));
      }),
    );
  });

  it('contains the addresses that begin with its bits', () => {
    fc.assert(
      fc.property(blocks, addresses, (block, address) => {
        const expected = bitsOf(address).startsWith(prefixOf(block));
        expect(containsAddress(parseCidrBlock(block)!, address)).toBe(expected);
      }),
    );
  });

  it('contains no IPv6 address', () => {
    expect(containsAddress({ first: 0, prefixLength: 0 }, '::1')).toBe(false);
  });
});
