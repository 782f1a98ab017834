/** The value that `share` (0 to 1) of the samples do not exceed: nearest rank. @throws RangeError without samples */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('There is no percentile of nothing');
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export const spreadOf = (samples: readonly number[]): Spread => ({
  count: samples.length,
  p50: rounded(median(samples)),
  p99: rounded(percentile(samples, 0.99)),
  max: rounded(percentile(samples, 1)),
});

/** To four significant digits: more would be noise. */
export const rounded = (value: number): number => Number(value.toPrecision(4));
