import type { AggregationInterval, CollectionPeriod } from '@flowledger/flow-record';
import { windowAt, windowFrom } from './schedule';

const period = (from: number, aggregationInterval: AggregationInterval | null): CollectionPeriod => ({
  from,
  aggregationInterval,
  flowLogs: [],
});
const span = (window: { start: number; end: number } | null) => window && [window.start, window.end];

describe('a schedule of 10 minutes, then 1 minute from 1200 on', () => {
  const schedule = [period(600, 10), period(1200, 1)];

  it('has windows aligned to the epoch', () => {
    expect(span(windowAt(schedule, 600))).toEqual([600, 1200]);
    expect(span(windowAt(schedule, 1199))).toEqual([600, 1200]);
    expect(span(windowAt(schedule, 1200))).toEqual([1200, 1260]);
    expect(span(windowAt(schedule, 1325))).toEqual([1320, 1380]);
  });

  it('collects nothing before it begins', () => {
    expect(windowAt(schedule, 599)).toBeNull();
    expect(span(windowFrom(schedule, 0))).toEqual([600, 1200]);
  });

  it('gives the windows one after the other', () => {
    expect(span(windowFrom(schedule, 1200))).toEqual([1200, 1260]);
    expect(span(windowFrom(schedule, 601))).toEqual([1200, 1260]);
  });
});

describe('a schedule with a pause', () => {
  const schedule = [period(0, 5), period(300, null), period(600, 1)];

  it('collects nothing during it', () => {
    expect(windowAt(schedule, 299)?.interval).toBe(5);
    expect(windowAt(schedule, 300)).toBeNull();
    expect(windowAt(schedule, 600)?.interval).toBe(1);
    expect(span(windowFrom(schedule, 300))).toEqual([600, 660]);
  });

  it('knows of no window after the last period when that collects nothing', () => {
    expect(windowFrom(schedule.slice(0, 2), 300)).toBeNull();
  });
});

describe('a period that begins off the edges of its interval', () => {
  const schedule = [period(0, 1), period(660, 10)];

  it('takes effect at its first edge', () => {
    expect(span(windowAt(schedule, 700))).toEqual([660, 720]);
    expect(span(windowAt(schedule, 1200))).toEqual([1200, 1800]);
    expect(span(windowFrom(schedule, 1140))).toEqual([1140, 1200]);
  });
});
