import type { LatencySignals } from './signals';

const mostSamples = 2_000;
const windowMilliseconds = 5 * 60_000;

/** From the append of an event until it is visible, over the last minutes. */
export class LatencyWindow {
  private readonly samples: { readonly at: number; readonly seconds: number }[] = [];

  constructor(private readonly now: () => number) {}

  add(seconds: number): void {
    this.samples.push({ at: this.now(), seconds: Math.max(0, seconds) });
    if (this.samples.length > mostSamples) this.samples.splice(0, this.samples.length - mostSamples);
  }

  /** Undefined when nothing was committed in the window. */
  read(): LatencySignals | undefined {
    const since = this.now() - windowMilliseconds;
    const sorted = this.samples
      .filter(({ at }) => at >= since)
      .map(({ seconds }) => seconds)
      .sort((a, b) => a - b);
    if (sorted.length === 0) return undefined;
    const quantile = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
    return { p50Seconds: quantile(0.5), p99Seconds: quantile(0.99), events: sorted.length };
  }
}
