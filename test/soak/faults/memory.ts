import type { ProductProcess } from '../deployment/product-process';

interface Sample {
  /** Seconds. */
  readonly at: number;
  readonly life: number;
  readonly age: number;
  readonly megabytes: number;
}

export interface MemoryOfProcess {
  readonly process: string;
  /** Megabytes over all samples. */
  readonly most: number;
  /** Samples of its longest life after the warm-up, and how many minutes they span. */
  readonly samples: number;
  readonly minutes: number;
  /** Linear regression over them; null when that life was too short to say. */
  readonly megabytesAMinute: number | null;
}

const warmUpSeconds = 60;
const shortestSpan = 180;
/** Flat is less than this: caches that fill and a collector that takes its time are within, a leak of a kilobyte a command is not. */
export const mostMegabytesAMinute = 4;

/** Resident memory of every process, every ten seconds. */
export class Memory {
  private readonly samples = new Map<string, Sample[]>();
  private readonly timer: NodeJS.Timeout;

  constructor(processes: readonly ProductProcess[]) {
    for (const { name } of processes) this.samples.set(name, []);
    this.timer = setInterval(() => {
      for (const { name, megabytes, lives: life, age } of processes) {
        if (megabytes === undefined) continue;
        this.samples.get(name)!.push({ at: performance.now() / 1000, life, age, megabytes });
      }
    }, 10_000);
  }

  stop(): MemoryOfProcess[] {
    clearInterval(this.timer);
    return [...this.samples].map(([process, samples]) => judged(process, samples));
  }
}

function judged(process: string, samples: readonly Sample[]): MemoryOfProcess {
  const warm = samples.filter(({ age }) => age > warmUpSeconds);
  const lives = [...new Set(warm.map(({ life }) => life))].map((life) =>
    warm.filter((one) => one.life === life),
  );
  const longest = lives.sort((a, b) => b.length - a.length)[0] ?? [];
  const seconds = longest.length < 2 ? 0 : longest.at(-1)!.at - longest[0]!.at;
  return {
    process,
    most: rounded(Math.max(0, ...samples.map(({ megabytes }) => megabytes))),
    samples: longest.length,
    minutes: rounded(seconds / 60),
    megabytesAMinute: seconds < shortestSpan ? null : rounded(60 * slopeOf(longest)),
  };
}

/** Least squares: megabytes a second. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [at, megabytes] = [mean((sample) => sample.at), mean((sample) => sample.megabytes)];
  const covariance = mean((sample) => (sample.at - at) * (sample.megabytes - megabytes));
  return covariance / mean((sample) => (sample.at - at) ** 2);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
