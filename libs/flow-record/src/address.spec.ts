import fc from 'fast-check';
import { canonicalAddress, formatIpv6, isPublicAddress, parseAddress } from './address';

describe('address text', () => {
  it.each([
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['1::', '1::'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['10.0.0.1', '10.0.0.1'],
  ])('of %s is %s', (text, canonical) => expect(canonicalAddress(text)).toBe(canonical));

  it.each([
    '',
    '1.2.3',
    '01.2.3.4',
    '256.1.1.1',
    ':',
    '1:2',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    'g::',
    'fe80::1%eth0',
    '1.2.3.4::',
  ])('refuses %j', (text) => expect(canonicalAddress(text)).toBeNull());

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 1, 0xff), { minLength: 16, maxLength: 16 }), (bytes) => {
        expect([...parseAddress(formatIpv6(Uint8Array.from(bytes)))!]).toEqual(bytes);
      }),
    );
  });
});

describe('a public address', () => {
  it.each(['8.8.8.8', '172.32.0.1', '198.18.0.1', '2001:db8::1'])('is %s', (text) =>
    expect(isPublicAddress(text)).toBe(true),
  );

  it.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    'ff02::1',
    'fd00::1',
    'x',
  ])('is not %s', (text) => expect(isPublicAddress(text)).toBe(false));
});
