/** The same seed gives the same numbers (mulberry32). What happens between processes is decided by the machine all the same. */
export class Random {
  constructor(private seed: number) {}

  /** 0 inclusive to 1 exclusive. */
  fraction(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(from: number, to: number): number {
    return from + this.fraction() * (to - from);
  }

  whole(from: number, to: number): number {
    return Math.floor(this.between(from, to + 1));
  }

  oneOf<T>(values: readonly T[]): T {
    return values[Math.floor(this.fraction() * values.length)]!;
  }

  /** By weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries<number>(weights) as [T, number][];
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of entries) if ((left -= weight) < 0) return value;
    return entries.at(-1)![0];
  }

  /** Another sequence, that does not depend on how often this one is asked. */
  branch(): Random {
    return new Random(Math.floor(this.fraction() * 2 ** 32));
  }
}
