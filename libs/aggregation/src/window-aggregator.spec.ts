import type { Observation } from '@flowledger/flow-record';
import { everyMinutes, networkInterface, packetAt } from '../testing/scenes';
import { WindowAggregator } from './window-aggregator';

const web = networkInterface('eni-web', ['10.0.0.1']);
const imported = (observations: Observation[], planned = web) => {
  const aggregator = new WindowAggregator([planned], { mode: { kind: 'import' } });
  for (const observation of observations) aggregator.observe(observation);
  return aggregator;
};
const entriesOf = (observations: Observation[], planned = web) =>
  imported(observations, planned)
    .closeAll()
    .flatMap((closed) => closed.entries);

describe('a connection over two windows', () => {
  const entries = entriesOf([
    packetAt(65, { tcpFlags: 2 }),
    packetAt(70, { tcpFlags: 24, packets: 3, bytes: 1000 }),
    packetAt(130, { tcpFlags: 17 }),
  ]);

  it('has an entry in each, with sums and the OR of its flags', () => {
    expect(entries).toMatchObject([
      { start: 65, packets: 4, bytes: 1100, tcpFlags: 26, direction: 'out' },
      { start: 130, packets: 1, bytes: 100, tcpFlags: 17, direction: 'out' },
    ]);
  });

  it('ends with the window while it is open, and with its last packet once it is closed', () => {
    expect(entries.map(({ end }) => end)).toEqual([120, 130]);
  });
});

describe('UDP and rejected traffic', () => {
  it('ends with its last packet', () => {
    expect(entriesOf([packetAt(65, { protocol: 17, tcpFlags: 0 })])).toMatchObject([{ end: 65 }]);
    expect(entriesOf([packetAt(65, { tcpFlags: 2, action: 'REJECT' })])).toMatchObject([{ end: 65 }]);
  });
});

describe('traffic of one 5-tuple', () => {
  it('has an entry for each verdict and path', () => {
    const seen = [packetAt(1), packetAt(2, { action: 'REJECT' }), packetAt(3, { path: 8 })];
    expect(entriesOf(seen)).toHaveLength(3);
  });
});

describe('an import', () => {
  const rescheduled = networkInterface('eni-web', ['10.0.0.1'], {
    schedule: [everyMinutes(1, 600), everyMinutes(10, 1200)],
  });

  it('uses the last acknowledged configuration whatever the time of the packets', () => {
    const [closed] = imported([packetAt(30)], rescheduled).closeAll();
    expect(closed).toMatchObject({ interval: 10, windowStart: 0, windowEnd: 600 });
  });

  it('tells of no silence', () => expect(imported([]).closeAll()).toEqual([]));

  it('counts what nobody owns and what is not collected', () => {
    const idle = networkInterface('eni-web', ['10.0.0.1'], { schedule: [everyMinutes(null)] });
    const aggregator = imported([packetAt(1), packetAt(2, { srcaddr: '10.5.0.1' })], idle);
    expect(aggregator.skipped).toMatchObject({
      'not-collected': { packets: 1, bytes: 100 },
      'no-interface': { packets: 1, bytes: 100 },
    });
    expect(aggregator.closeAll()).toEqual([]);
  });

  it('counts everything for the interface it names, and nothing for one that is not planned', () => {
    const aggregator = new WindowAggregator([web], { mode: { kind: 'import' } });
    aggregator.observe(packetAt(1, { srcaddr: '10.5.0.1' }), 'eni-web');
    aggregator.observe(packetAt(1), 'eni-gone');
    expect(aggregator.skipped['no-interface'].packets).toBe(1);
    expect(aggregator.closeAll()).toMatchObject([{ entries: [{ direction: 'in', srcaddr: '10.5.0.1' }] }]);
  });
});

describe('a full table', () => {
  const aggregator = new WindowAggregator([web], { mode: { kind: 'import' }, maxKeysPerInterface: 2 });
  for (const srcport of [1, 2, 3, 1, 4]) aggregator.observe(packetAt(10, { srcport }));
  aggregator.observe(packetAt(70, { srcport: 1 }));

  it('goes on counting its keys and closes with one SKIPDATA entry for the others', () => {
    const [first, second] = aggregator.closeAll();
    expect(first?.entries).toMatchObject([
      { srcport: 1, packets: 2 },
      { srcport: 2, packets: 1 },
      { logStatus: 'SKIPDATA', reason: 'table-full', start: 0, end: 60 },
    ]);
    expect(first).toMatchObject({ recorded: { packets: 3 }, overflow: { packets: 2, bytes: 200 } });
    expect(second).toMatchObject({ recorded: { packets: 0 }, overflow: { packets: 1 } });
    expect(aggregator.skipped['table-full']).toEqual({ packets: 3, bytes: 300 });
  });
});
