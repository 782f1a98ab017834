/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `events/s`, `ms`, `ratio` … */
  readonly unit: string;
  /** What the project promises of it. */
  readonly promise?: { readonly atMost: number } | { readonly atLeast: number };
}

export interface BenchmarkResult {
  readonly figures: readonly Figure[];
  /** Whatever the figures were made from, as JSON. */
  readonly raw: unknown;
}

/** Tells the screen what is going on. */
export type Progress = (line: string) => void;

export interface Benchmark {
  readonly name: string;
  readonly about: string;
  run(progress: Progress): Promise<BenchmarkResult>;
}

/** True without a promise. */
export function isKept({ value, promise }: Figure): boolean {
  if (!promise) return true;
  return 'atMost' in promise ? value <= promise.atMost : value >= promise.atLeast;
}
