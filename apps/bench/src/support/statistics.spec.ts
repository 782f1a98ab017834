import { median, percentile, rounded, spreadOf } from './statistics';

describe('a hundred samples', () => {
  const samples = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('have the nearest rank as percentile', () => {
    expect([0, 0.5, 0.99, 1].map((share) => percentile(samples, share))).toEqual([1, 50, 99, 100]);
  });

  it('are left in their order', () => {
    median(samples);
    expect(samples[0]).toBe(100);
  });

  it('spread', () => expect(spreadOf(samples)).toEqual({ count: 100, p50: 50, p99: 99, max: 100 }));
});

it('has no percentile of nothing', () => expect(() => median([])).toThrow(RangeError));

it('keeps four digits', () => expect([rounded(123_456), rounded(0.000123456)]).toEqual([123_500, 0.0001235]));
