import type { Observation } from '@flowledger/flow-record';
import { compareInstants } from '@flowledger/flow-record';
import fc from 'fast-check';
import type { TrafficProfile } from './traffic-profile';
import { defaultTrafficProfile } from './traffic-profile';
import { TrafficSimulator } from './traffic-simulator';

const interfaces = [{ addresses: ['10.0.0.1', '2001:DB8:1::1'] }, { addresses: ['10.0.0.2'] }];
const simulator = (changes: Partial<TrafficProfile> = {}) =>
  new TrafficSimulator({ ...defaultTrafficProfile, ...changes }, interfaces);
const FROM = 1_720_775_400;

describe('a range of time', () => {
  it('holds the same stream whichever way it is divided, and by whichever simulator', () => {
    const whole = [...simulator().observe(FROM, FROM + 60)];
    expect(whole.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 59 })), fc.boolean(), (cuts, anew) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), 60].map((offset) => FROM + offset);
        const one = simulator();
        const pieces = edges.slice(1).map((to, i) => [...(anew ? simulator() : one).observe(edges[i]!, to)]);
        expect(pieces.flat()).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  it('is in order of time, inside the range, and differs by seed', () => {
    const seen = [...simulator().observe(FROM, FROM + 60)];
    expect(seen.every(({ first }) => first.seconds >= FROM && first.seconds < FROM + 60)).toBe(true);
    expect(seen.slice(1).every((next, i) => compareInstants(seen[i]!.first, next.first) <= 0)).toBe(true);
    expect([...simulator({ seed: 2 }).observe(FROM, FROM + 60)]).not.toEqual(seen);
  });

  it('goes on the same after a caller stopped in the middle', () => {
    const interrupted = simulator();
    for (const _ of interrupted.observe(FROM, FROM + 60)) break;
    expect([...interrupted.observe(FROM + 1, FROM + 5)]).toEqual([
      ...simulator().observe(FROM + 1, FROM + 5),
    ]);
  });
});

describe('the number of entries', () => {
  const lambda = 6;
  const life = 60;
  const length = 3600;
  const tcpAndUdp = { rejectShare: 0, protocols: { tcp: 80, udp: 20, icmp: 0 } };
  const busy = simulator({ ...tcpAndUdp, connectionsPerSecond: lambda, meanLifeSeconds: life });
  const keyOf = (o: Observation) =>
    `${o.srcaddr} ${o.srcport} ${o.dstaddr} ${o.dstport} ${o.protocol} ${o.path}`;

  it('follows 2·λ·(1 + L/W) within two per cent', () => {
    const keys = new Map([60, 600].map((window) => [window, new Set<string>()]));
    for (const observation of busy.observe(FROM, FROM + length)) {
      for (const [window, seen] of keys) {
        seen.add(`${Math.floor(observation.first.seconds / window)} ${keyOf(observation)}`);
      }
    }
    for (const [window, seen] of keys) {
      const ratio = seen.size / length / (2 * lambda * (1 + life / window));
      expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
    }
  });
});

describe('the mix of traffic', () => {
  const seen = [
    ...simulator({ connectionsPerSecond: 50, meanLifeSeconds: 1, rejectShare: 0.2 }).observe(FROM, FROM + 60),
  ];
  const connections = new Map(
    seen.map((o) => [[o.srcaddr, o.dstaddr].sort().join() + o.srcport * o.dstport, o]),
  );
  const share = (holds: (o: Observation) => boolean) =>
    [...connections.values()].filter(holds).length / connections.size;

  it('has the verdicts, protocols and paths asked for', () => {
    expect(share((o) => o.action === 'REJECT')).toBeCloseTo(0.2, 1);
    expect(share((o) => o.protocol === 17)).toBeCloseTo(0.17, 1);
    expect(new Set(seen.map((o) => o.path))).toEqual(new Set([1, 6, 7, 8, 15]));
  });

  it('has one end at an interface, the other never', () => {
    const own = new Set(['10.0.0.1', '10.0.0.2', '2001:db8:1::1']);
    expect(seen.every((o) => own.has(o.srcaddr) !== own.has(o.dstaddr))).toBe(true);
  });

  it('prefers few peers', () => {
    const counts = new Map<string, number>();
    for (const { dstaddr } of seen) counts.set(dstaddr, (counts.get(dstaddr) ?? 0) + 1);
    const peers = [...counts].filter(([address]) => /^(198|100)\./.test(address)).map(([, count]) => count);
    peers.sort((a, b) => b - a);
    expect(peers[0]!).toBeGreaterThan(10 * peers[Math.floor(peers.length / 2)]!);
  });
});

describe('a profile out of range', () => {
  it('is refused by name', () => {
    expect(() => simulator({ rejectShare: 2 })).toThrow('rejectShare must be from 0 to 1, not 2');
    expect(() => simulator({ peers: NaN })).toThrow(RangeError);
    expect(() => simulator({ paths: {} })).toThrow('paths needs a weight above 0');
  });
});
