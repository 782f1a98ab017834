import type { Observation } from '@flowledger/flow-record';
import { classify } from './classify';
import { InterfaceDirectory } from './interface-directory';
import { networkInterface, packetAt } from '../testing/scenes';

const web = networkInterface('eni-web', ['10.0.0.1', '2001:DB8:0:0::1']);
const database = networkInterface('eni-db', ['10.0.0.2']);
const bare = networkInterface('eni-bare', ['10.0.0.3'], { instanceId: '' });
const elsewhere = networkInterface('eni-twin', ['10.0.0.1', '10.9.0.1'], { vpcId: 'vpc-2' });
const directory = new InterfaceDirectory([web, database, bare]);
const recordedBy = (observation: Observation, among = directory, named?: typeof web) =>
  classify(observation, among, named).map((c) => `${c.networkInterface.networkInterfaceId} ${c.direction}`);
const pathOf = (dstaddr: string) =>
  classify(packetAt(0, { dstaddr, ipVersion: dstaddr.includes(':') ? 6 : 4 }), directory)[0]?.path;

describe('a packet between two interfaces', () => {
  it('goes out of the one and into the other', () => {
    expect(recordedBy(packetAt(0))).toEqual(['eni-web out', 'eni-db in']);
  });

  it('counts for every owner of an address, when VPCs overlap', () => {
    const overlapping = new InterfaceDirectory([web, database, elsewhere]);
    expect(recordedBy(packetAt(0), overlapping)).toEqual(['eni-web out', 'eni-twin out', 'eni-db in']);
  });

  it('counts once, as out, for an owner of both addresses', () => {
    expect(recordedBy(packetAt(0, { dstaddr: '10.0.0.1' }))).toEqual(['eni-web out']);
  });

  it('counts for nobody when nobody owns an address', () => {
    expect(recordedBy(packetAt(0, { srcaddr: '10.5.0.1', dstaddr: '10.5.0.2' }))).toEqual([]);
  });
});

describe('a named interface', () => {
  it('takes everything: out from its own addresses, in from all others', () => {
    expect(recordedBy(packetAt(0), directory, web)).toEqual(['eni-web out']);
    expect(recordedBy(packetAt(0, { srcaddr: '10.5.0.1', dstaddr: '10.5.0.2' }), directory, web)).toEqual([
      'eni-web in',
    ]);
  });

  it('knows its addresses in any spelling', () => {
    const packet = packetAt(0, { ipVersion: 6, srcaddr: '2001:db8::1', dstaddr: '2001:db8::9' });
    expect(recordedBy(packet, directory, web)).toEqual(['eni-web out']);
  });
});

describe('an observation without verdict and path', () => {
  it('is accepted', () => expect(classify(packetAt(0), directory)[0]?.action).toBe('ACCEPT'));

  it.each([
    ['an instance of the same VPC', '10.0.0.2', 2],
    ['an interface without an instance', '10.0.0.3', 3],
    ['an unknown private address', '10.7.7.7', 0],
    ['a multicast address', '224.0.0.251', 0],
    ['a public address', '8.8.8.8', 15],
    ['a public IPv6 address', '2400:3200::1', 14],
  ])('to %s takes the path of that', (_, dstaddr, path) => expect(pathOf(dstaddr)).toBe(path));

  it('does not take an interface of another VPC for a neighbour', () => {
    const [out] = classify(
      packetAt(0, { dstaddr: '10.9.0.1' }),
      new InterfaceDirectory([database, web, elsewhere]),
    );
    expect(out).toMatchObject({ networkInterface: web, path: 0 });
  });
});

describe('an observation that carries verdict and path', () => {
  it('keeps them', () => {
    expect(classify(packetAt(0, { action: 'REJECT', path: 8 }), directory)[0]).toMatchObject({
      action: 'REJECT',
      path: 8,
    });
  });
});
