import type { AggregationInterval, Observation, TrafficEntry } from '@flowledger/flow-record';
import fc from 'fast-check';
import { everyMinutes, networkInterface, packetAt } from '../testing/scenes';
import { plus } from './tally';
import { WindowAggregator } from './window-aggregator';

const HOUR = 3600;
const observations = fc.array(
  fc
    .record({
      seconds: fc.integer({ min: 0, max: HOUR - 1 }),
      nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
      srcaddr: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3', '8.8.8.8'),
      dstaddr: fc.constantFrom('10.0.0.1', '10.0.0.2', '8.8.4.4'),
      srcport: fc.integer({ min: 1, max: 3 }),
      protocol: fc.constantFrom(1, 6, 17),
      tcpFlags: fc.integer({ min: 0, max: 255 }),
      packets: fc.integer({ min: 1, max: 1000 }),
      bytes: fc.integer({ min: 20, max: 1_500_000 }),
      action: fc.constantFrom(undefined, 'ACCEPT' as const, 'REJECT' as const),
    })
    .map(({ seconds, nanoseconds, ...changes }): Observation => {
      const time = { seconds, nanoseconds };
      return packetAt(seconds, { ...changes, first: time, last: time });
    }),
  { maxLength: 60 },
);

function aggregate(
  seen: readonly Observation[],
  interval: AggregationInterval,
  maxKeysPerInterface?: number,
) {
  const schedule = [everyMinutes(interval)];
  const aggregator = new WindowAggregator(
    [
      networkInterface('eni-a', ['10.0.0.1'], { schedule }),
      networkInterface('eni-b', ['10.0.0.2'], { schedule }),
      networkInterface('eni-idle', ['10.0.0.3'], { schedule: [everyMinutes(null)] }),
    ],
    { mode: { kind: 'import' }, maxKeysPerInterface },
  );
  for (const observation of seen) aggregator.observe(observation);
  return { aggregator, closed: aggregator.closeAll() };
}

const trafficIn = (closed: ReturnType<typeof aggregate>['closed']) =>
  closed.flatMap(({ entries }) => entries.filter((entry): entry is TrafficEntry => entry.logStatus === 'OK'));

/** Entries summed per key and window of `length` seconds; without `end`, which depends on where a window ends. */
function rolledUp(entries: readonly TrafficEntry[], length: number) {
  const sums = new Map<string, { packets: number; bytes: number; tcpFlags: number; start: number }>();
  for (const { packets, bytes, tcpFlags, start, end: _, ...key } of entries) {
    const of = `${Math.floor(start / length)} ${JSON.stringify(key)}`;
    const sum = sums.get(of) ?? { packets: 0, bytes: 0, tcpFlags: 0, start };
    sums.set(of, {
      packets: sum.packets + packets,
      bytes: sum.bytes + bytes,
      tcpFlags: sum.tcpFlags | tcpFlags,
      start: Math.min(sum.start, start),
    });
  }
  return sums;
}

describe('any set of observations', () => {
  it('gives the same windows in any order', () => {
    const shuffled = observations.chain((seen) =>
      fc.tuple(fc.constant(seen), fc.shuffledSubarray(seen, { minLength: seen.length })),
    );
    fc.assert(
      fc.property(shuffled, ([seen, permuted]) => {
        expect(aggregate(permuted, 1).closed).toEqual(aggregate(seen, 1).closed);
      }),
    );
  });

  it('is conserved: every packet and byte is in an entry or skipped with a reason, also when tables are full', () => {
    fc.assert(
      fc.property(observations, fc.integer({ min: 1, max: 10 }), (seen, maxKeys) => {
        const { aggregator, closed } = aggregate(seen, 5, maxKeys);
        const skipped = Object.values(aggregator.skipped);
        expect([...trafficIn(closed), ...skipped].reduce(plus, { packets: 0, bytes: 0 })).toEqual(
          aggregator.observed,
        );
        const recorded = closed.map((window) => window.recorded).reduce(plus, { packets: 0, bytes: 0 });
        expect(trafficIn(closed).reduce(plus, { packets: 0, bytes: 0 })).toEqual(recorded);
      }),
    );
  });

  it.each([5, 10] as const)('has the same sums at 1 minute, rolled up, as at %d minutes', (interval) => {
    fc.assert(
      fc.property(observations, (seen) => {
        const minutes = trafficIn(aggregate(seen, 1).closed);
        const longer = trafficIn(aggregate(seen, interval).closed);
        expect(rolledUp(minutes, interval * 60)).toEqual(rolledUp(longer, interval * 60));
      }),
    );
  });
});
