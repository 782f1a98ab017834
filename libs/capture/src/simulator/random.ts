/** Uniform in [0, 1). */
export type Random = () => number;

/** A generator whose whole sequence follows from the words given (mulberry32 over mixed words). */
export function seededRandom(...words: readonly number[]): Random {
  let state = 0x9e3779b9;
  for (const word of words) state = mix(state ^ (word | 0));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    return mix(state) / 0x1_0000_0000;
  };
}

function mix(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

/** Draws with probabilities in proportion to the weights. */
export class WeightedChoice<T> {
  private readonly cumulated: readonly number[];
  private readonly total: number;

  constructor(
    private readonly values: readonly T[],
    weights: readonly number[],
  ) {
    let sum = 0;
    this.cumulated = weights.map((weight) => (sum += weight));
    this.total = sum;
  }

  draw(random: Random): T {
    const point = random() * this.total;
    let low = 0;
    for (let high = this.values.length - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (this.cumulated[middle]! > point) high = middle;
      else low = middle + 1;
    }
    return this.values[low]!;
  }
}

/** Rank k, counted from 0, is drawn in proportion to 1 / (k + 1) ^ exponent. */
export function zipf(ranks: number, exponent: number): WeightedChoice<number> {
  const values = Array.from({ length: ranks }, (_, rank) => rank);
  return new WeightedChoice(
    values,
    values.map((rank) => (rank + 1) ** -exponent),
  );
}
