import { performance } from 'node:perf_hooks';
import { comparePositions, ProjectionRunner, segmentConsumer, sleep } from '@flowledger/event-sourcing';
import type { LogPosition, ReadModelStore } from '@flowledger/event-sourcing';

const firstPause = 2;
const longestPause = 100;

/**
 * How far the read models are, whichever processes fold them: the least of the checkpoints that are stored for the
 * segments. Those who wait share their looks, so a thousand of them cost the store no more than one.
 */
export class ReadModelProgress {
  private readonly consumers: readonly string[];
  private looking: Promise<LogPosition | undefined> | undefined;
  private stirring = new AbortController();

  constructor(
    private readonly readModels: Pick<ReadModelStore, 'consumers'>,
    /** The same number in every process. */
    segments: number,
  ) {
    this.consumers = Array.from({ length: segments }, (_, index) =>
      segmentConsumer(ProjectionRunner.consumer, { index, of: segments }),
    );
  }

  /** Position that every read model has passed; undefined while a segment has no checkpoint. */
  position(): Promise<LogPosition | undefined> {
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    return this.looking;
  }

  /** Resolves true when the read models have passed `position`, false when they had not within the time. */
  async reached(position: LogPosition, timeoutMilliseconds: number, stop?: AbortSignal): Promise<boolean> {
    const giveUpAt = performance.now() + timeoutMilliseconds;
    for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
      const now = await this.position();
      if (now && comparePositions(now, position) >= 0) return true;
      const left = giveUpAt - performance.now();
      if (left <= 0 || stop?.aborted) return false;
      await sleep(
        Math.min(pause, left),
        stop ? AbortSignal.any([stop, this.stirring.signal]) : this.stirring.signal,
      );
    }
  }

  /** A commit of this process may be what somebody waits for: they look at once. */
  stir(): void {
    this.stirring.abort();
    this.stirring = new AbortController();
  }

  private async look(): Promise<LogPosition | undefined> {
    const known = new Map(
      (await this.readModels.consumers()).map(({ consumer, checkpoint }) => [consumer, checkpoint?.position]),
    );
    const positions = this.consumers.map((consumer) => known.get(consumer));
    if (positions.includes(undefined)) return undefined;
    return positions.reduce((least, one) => (comparePositions(least!, one!) < 0 ? least : one));
  }
}
