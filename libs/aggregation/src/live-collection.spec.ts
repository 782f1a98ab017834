import { everyMinutes, networkInterface, packetAt } from '../testing/scenes';
import { WindowAggregator } from './window-aggregator';

const web = networkInterface('eni-web', ['10.0.0.1']);
const live = (since: number, planned = web) =>
  new WindowAggregator([planned], { mode: { kind: 'live', since } });
const statuses = (aggregator: WindowAggregator, now: number) =>
  aggregator
    .closeUpTo(now)
    .flatMap(({ windowStart, entries }) => entries.map(({ logStatus }) => `${windowStart} ${logStatus}`));

describe('a live window', () => {
  it('closes ten seconds after its end', () => {
    const aggregator = live(60);
    aggregator.observe(packetAt(65));
    expect(statuses(aggregator, 129)).toEqual([]);
    aggregator.observe(packetAt(119));
    expect(aggregator.closeUpTo(130)).toMatchObject([{ windowStart: 60, entries: [{ packets: 2 }] }]);
  });

  it('takes nothing after it has closed: what comes late is counted', () => {
    const aggregator = live(60);
    aggregator.closeUpTo(130);
    aggregator.observe(packetAt(119));
    expect(aggregator.skipped.late).toEqual({ packets: 1, bytes: 100 });
    expect(aggregator.closeAll()).toEqual([]);
  });

  it('is written before its end by a clean stop', () => {
    const aggregator = live(60);
    aggregator.observe(packetAt(65));
    expect(aggregator.closeAll()).toMatchObject([{ windowStart: 60, windowEnd: 120 }]);
  });
});

describe('a silent interface', () => {
  it('gets one NODATA for each window watched whole', () => {
    const aggregator = live(70);
    expect(statuses(aggregator, 250)).toEqual(['120 NODATA', '180 NODATA']);
    expect(statuses(aggregator, 251)).toEqual([]);
    expect(statuses(aggregator, 310)).toEqual(['240 NODATA']);
  });

  it('gets none while it is not collected', () => {
    const paused = networkInterface('eni-web', ['10.0.0.1'], {
      schedule: [everyMinutes(1), everyMinutes(null, 120), everyMinutes(5, 300)],
    });
    expect(statuses(live(60, paused), 610)).toEqual(['60 NODATA', '300 NODATA']);
  });

  it('gets none beside traffic', () => {
    const aggregator = live(60);
    aggregator.observe(packetAt(119));
    expect(statuses(aggregator, 190)).toEqual(['60 OK', '120 NODATA']);
  });
});

describe('lost data', () => {
  it('gives the window one SKIPDATA with its reason, even when it has passed', () => {
    const aggregator = live(600);
    expect(aggregator.skipData('eni-web', 65, 'unclean-stop')).toBe(true);
    expect(aggregator.skipData('eni-web', 66, 'unclean-stop')).toBe(true);
    expect(aggregator.closeUpTo(610)).toMatchObject([
      { windowStart: 60, entries: [{ logStatus: 'SKIPDATA', reason: 'unclean-stop', start: 60, end: 120 }] },
    ]);
  });

  it('stands beside the traffic of the rest of the window', () => {
    const aggregator = live(90);
    aggregator.skipData('eni-web', 80, 'unclean-stop');
    aggregator.observe(packetAt(95));
    expect(statuses(aggregator, 130)).toEqual(['60 OK', '60 SKIPDATA']);
  });

  it('concerns only interfaces that are collected', () => {
    expect(live(60).skipData('eni-gone', 65, 'unclean-stop')).toBe(false);
    const idle = networkInterface('eni-web', [], { schedule: [] });
    expect(live(60, idle).skipData('eni-web', 65, 'unclean-stop')).toBe(false);
  });
});

describe('a new plan', () => {
  it('changes the interval at its edge and leaves open windows as they began', () => {
    const aggregator = live(60);
    aggregator.observe(packetAt(290));
    aggregator.replan([
      networkInterface('eni-web', ['10.0.0.1'], { schedule: [everyMinutes(1), everyMinutes(5, 300)] }),
    ]);
    aggregator.observe(packetAt(300));
    const closed = aggregator.closeUpTo(700).filter(({ recorded }) => recorded.packets > 0);
    expect(closed).toMatchObject([
      { windowStart: 240, interval: 1 },
      { windowStart: 300, interval: 5 },
    ]);
  });

  it('without an interface still closes what it recorded, and tells of its silence no more', () => {
    const aggregator = live(60);
    aggregator.observe(packetAt(65));
    aggregator.replan([]);
    aggregator.observe(packetAt(66));
    expect(aggregator.skipped['no-interface'].packets).toBe(1);
    expect(statuses(aggregator, 400)).toEqual(['60 OK']);
  });

  it('with a new interface collects it from the first window of its schedule', () => {
    const aggregator = new WindowAggregator([], { mode: { kind: 'live', since: 60 } });
    aggregator.closeUpTo(130);
    aggregator.replan([networkInterface('eni-web', ['10.0.0.1'], { schedule: [everyMinutes(1, 180)] })]);
    aggregator.observe(packetAt(150));
    expect(aggregator.skipped['not-collected'].packets).toBe(1);
    expect(statuses(aggregator, 310)).toEqual(['180 NODATA', '240 NODATA']);
  });
});
