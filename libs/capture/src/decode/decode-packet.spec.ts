import fc from 'fast-check';
import * as bytes from '../../../../test/fixtures/packet-bytes';
import { UnsupportedLinkType } from '../errors';
import { decodePacket } from './decode-packet';
import { skipReasons } from './skip-reason';

const time = { seconds: 1, nanoseconds: 2 };
const decode = (data: Buffer, linkType = 1) =>
  decodePacket({ time, linkType, originalLength: data.length, data });
const syn = bytes.ipv4(6, bytes.tcp(40000, 443, 2));
const query = bytes.ipv6(17, bytes.udp(5353, 53));
const fromIpv4 = {
  ipVersion: 4,
  srcaddr: '10.0.0.1',
  dstaddr: '10.0.0.2',
  protocol: 6,
  srcport: 40000,
  dstport: 443,
};
const fromIpv6 = {
  ipVersion: 6,
  srcaddr: '2001:db8::1',
  dstaddr: '2001:db8::2',
  protocol: 17,
  srcport: 5353,
  dstport: 53,
};

describe('a packet of each link type', () => {
  it.each([
    ['Ethernet', 1, bytes.ethernet(syn), bytes.ethernet(query)],
    [
      'Ethernet with VLAN tags',
      1,
      bytes.ethernet(syn, 0x0800, [0x8100]),
      bytes.ethernet(query, 0x86dd, [0x88a8, 0x8100, 0x8100]),
    ],
    ['BSD loopback', 0, bytes.loopback('little', 2, syn), bytes.loopback('big', 30, query)],
    ['OpenBSD loopback', 108, bytes.loopback('big', 2, syn), bytes.loopback('big', 24, query)],
    ['raw IP 12', 12, syn, query],
    ['raw IP 14', 14, syn, query],
    ['raw IP 101', 101, syn, query],
    ['Linux cooked', 113, bytes.cooked(syn), bytes.cooked(query)],
    ['Linux cooked 2', 276, bytes.cooked2(syn), bytes.cooked2(query)],
  ])('%s is decoded', (_, linkType, ipv4, ipv6) => {
    expect(decode(ipv4, linkType)).toMatchObject({
      ...fromIpv4,
      bytes: 40,
      frameBytes: ipv4.length,
      tcpFlags: 2,
    });
    expect(decode(ipv6, linkType)).toMatchObject({
      ...fromIpv6,
      bytes: 48,
      frameBytes: ipv6.length,
      tcpFlags: 0,
    });
  });

  it('bare IPv4 and IPv6 take only their own version', () => {
    expect(decode(syn, 228)).toMatchObject(fromIpv4);
    expect(decode(query, 229)).toMatchObject(fromIpv6);
    expect(decode(query, 228)).toBe('malformed');
  });

  it('another link type is refused', () => {
    expect(() => decode(syn, 160)).toThrow(new UnsupportedLinkType(160));
  });
});

describe('a packet that is not counted', () => {
  it.each([
    ['ARP', bytes.ethernet(Buffer.alloc(28), 0x0806), 'nonIp'],
    ['MPLS under a VLAN tag', bytes.ethernet(Buffer.alloc(28), 0x8847, [0x8100]), 'nonIp'],
    ['802.3 with LLC', bytes.ethernet(Buffer.alloc(28), 60), 'nonIp'],
    ['a cut link header', bytes.ethernet(syn).subarray(0, 13), 'malformed'],
    ['a cut VLAN tag', bytes.ethernet(syn, 0x0800, [0x8100]).subarray(0, 16), 'malformed'],
    ['a cut IPv4 header', bytes.ethernet(syn).subarray(0, 33), 'malformed'],
    ['a cut IPv6 header', bytes.ethernet(query).subarray(0, 53), 'malformed'],
    ['IPv6 under the type of IPv4', bytes.ethernet(query, 0x0800), 'malformed'],
    [
      'a header length below 20',
      bytes.ethernet(bytes.ipv4(6, Buffer.alloc(20), { headerWords: 4 })),
      'malformed',
    ],
    [
      'a total length below the header',
      bytes.ethernet(bytes.ipv4(6, Buffer.alloc(20), { totalLength: 19 })),
      'malformed',
    ],
  ])('%s', (_, data, reason) => expect(decode(data)).toBe(reason));

  it('has no time', () => {
    expect(decodePacket({ time: null, linkType: 101, originalLength: 40, data: syn })).toBe('noTime');
  });
});

describe('bytes', () => {
  it('are the header value where the frame is shorter or padded', () => {
    expect(decode(bytes.ipv4(6, bytes.tcp(1, 2, 16), { totalLength: 1500 }), 101)).toMatchObject({
      bytes: 1500,
    });
    expect(decode(Buffer.concat([bytes.ethernet(syn), Buffer.alloc(6)]))).toMatchObject({
      bytes: 40,
      frameBytes: 60,
    });
    expect(decode(bytes.ipv6(17, bytes.udp(1, 2), { payloadLength: 900 }), 101)).toMatchObject({
      bytes: 940,
    });
  });
});

describe('ports and flags', () => {
  const none = { srcport: 0, dstport: 0, tcpFlags: 0 };

  it('need the whole fixed header', () => {
    expect(decode(syn.subarray(0, 39), 101)).toMatchObject({ ...none, protocol: 6, bytes: 40 });
    expect(decode(query.subarray(0, 47), 101)).toMatchObject({ ...none, protocol: 17 });
  });

  it('stand behind IPv4 options, and only in TCP and UDP', () => {
    expect(decode(bytes.ipv4(6, bytes.tcp(7, 8, 18), { headerWords: 8 }), 101)).toMatchObject({
      srcport: 7,
      tcpFlags: 18,
    });
    expect(decode(bytes.ipv4(132, bytes.tcp(7, 8, 18)), 101)).toMatchObject({ ...none, protocol: 132 });
  });

  it('are 0 in later fragments, and read in the first', () => {
    const tcp = bytes.tcp(7, 8, 18);
    expect(decode(bytes.ipv4(6, tcp, { fragmentOffset: 10 }), 101)).toMatchObject({ ...none, protocol: 6 });
    expect(decode(bytes.ipv4(6, tcp, { fragmentOffset: 0x2000 }), 101)).toMatchObject({
      srcport: 7,
      tcpFlags: 18,
    });
    expect(decode(bytes.ipv6(44, bytes.fragment(60, 10, tcp)), 101)).toMatchObject({ ...none, protocol: 60 });
    expect(decode(bytes.ipv6(44, bytes.fragment(6, 0, tcp)), 101)).toMatchObject({ protocol: 6, srcport: 7 });
  });
});

describe('IPv6 extension headers', () => {
  const udp = bytes.udp(5353, 53);

  it('are walked to the first number that is none of them', () => {
    const walked = bytes.extension(
      43,
      bytes.extension(60, bytes.extension(51, bytes.authentication(17, udp))),
    );
    expect(decode(bytes.ipv6(0, walked), 101)).toMatchObject({ ...fromIpv6, bytes: 40 + walked.length });
  });

  it('end at ESP, and where the captured part ends', () => {
    expect(decode(bytes.ipv6(0, bytes.extension(50, udp)), 101)).toMatchObject({ protocol: 50, srcport: 0 });
    expect(decode(bytes.ipv6(0, Buffer.alloc(2)), 101)).toMatchObject({ protocol: 0, srcport: 0 });
  });
});

describe('any bytes', () => {
  it('decode to an observation or a reason, on every link type', () => {
    const linkTypes = fc.constantFrom(0, 1, 12, 14, 101, 108, 113, 228, 229, 276);
    const starts = fc.constantFrom(
      Buffer.alloc(0),
      syn,
      query,
      bytes.ethernet(syn),
      bytes.ethernet(query),
      bytes.cooked(query),
    );
    fc.assert(
      fc.property(
        starts,
        fc.uint8Array({ maxLength: 60 }),
        fc.nat(60),
        linkTypes,
        (start, random, keep, linkType) => {
          const decoded = decode(Buffer.concat([start.subarray(0, keep), random]), linkType);
          if (typeof decoded === 'string') expect(skipReasons).toContain(decoded);
          else expect(decoded.bytes).toBeGreaterThanOrEqual(20);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
