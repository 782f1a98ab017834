import { WindowAggregator } from '@flowledger/aggregation';
import type { Observation } from '@flowledger/flow-record';
import fc from 'fast-check';
import { segmentBatches, skippedPackets, skippedSince } from './segment-batches';
import { observed, plannedInterface } from './testing/traffic';

const interfaces = [
  plannedInterface('eni-1', '10.0.0.1'),
  plannedInterface('eni-2', '10.0.0.2', '2000000000000002'),
];
const address = fc.constantFrom('10.0.0.1', '10.0.0.2', '192.0.2.1', '192.0.2.2');
const observation: fc.Arbitrary<Observation> = fc
  .record({
    srcaddr: address,
    dstaddr: address,
    second: fc.integer({ min: 0, max: 300 }),
    packets: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ srcaddr, dstaddr, second, packets }) => observed(second, { srcaddr, dstaddr, packets }));

describe('the batches of closed windows', () => {
  it('account for every packet observed: aggregated, filtered or skipped', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 60 }), (observations) => {
        const windows = new WindowAggregator(interfaces, { mode: { kind: 'import' } });
        for (const one of observations) windows.observe(one);
        const batches = segmentBatches(windows.closeAll(), 7, skippedPackets(windows.skipped), 'nobody');
        const sum = batches.reduce((total, { counts }) => total + counts.observed, 0);
        expect(sum).toBe(windows.observed.packets);
        expect(new Set(batches.map(({ accountId }) => accountId)).size).toBe(batches.length);
        for (const { accountId, entries, counts, planVersion } of batches) {
          const lost = Object.values(counts.skipped).reduce((total, count) => total + count, 0);
          expect(counts.observed).toBe(counts.aggregated + counts.filtered + lost);
          expect(entries.every(({ entry }) => entry.accountId === accountId)).toBe(true);
          expect(planVersion).toBe(7);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('hold skipped packets once, as what came since the last batch', () => {
    expect(
      skippedSince({ late: 2, 'no-interface': 1 }, { late: 5, 'no-interface': 1, 'table-full': 3 }),
    ).toEqual({
      late: 3,
      'table-full': 3,
    });
    const [batch] = segmentBatches([], 1, { late: 3 }, 'counted');
    expect(batch).toMatchObject({
      accountId: 'counted',
      entries: [],
      counts: { observed: 3, skipped: { late: 3 } },
    });
    expect(segmentBatches([], 1, {}, 'counted')).toEqual([]);
  });
});
