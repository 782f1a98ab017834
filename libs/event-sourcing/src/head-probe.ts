import { performance } from 'node:perf_hooks';
import type { EventStore } from './event-store';
import { sleep } from './log-consumer';
import { comparePositions } from './positions';
import type { LogPosition } from './positions';

const remembered = 1_000;

/**
 * Looks at the end of the log on its own, whatever the subscriptions say. It answers two of the three questions of
 * health: does the head itself move (its age), and how far behind is a consumer (since when the log has held an event
 * that it has not handled). Silence of a subscription proves nothing; a head that advanced without it does.
 */
export class HeadProbe {
  private readonly seen: { readonly position: LogPosition; readonly at: number }[] = [];
  private readonly listeners = new Set<() => void>();
  private aborter: AbortController | undefined;
  private running: Promise<void> = Promise.resolve();
  private lookedAt = performance.now();
  lastFailure: unknown;

  constructor(
    private readonly events: EventStore,
    readonly everyMilliseconds = 1_000,
  ) {}

  start(): void {
    if (this.aborter) return;
    this.aborter = new AbortController();
    this.lookedAt = performance.now();
    this.running = this.run(this.aborter.signal);
  }

  async stop(): Promise<void> {
    this.aborter?.abort();
    await this.running;
    this.aborter = undefined;
  }

  /** Position of the last event that a consumer is shown; undefined while there is none. */
  get head(): LogPosition | undefined {
    return this.seen.at(-1)?.position;
  }

  /** Milliseconds since the head was last seen, moved or not. */
  get age(): number {
    return performance.now() - this.lookedAt;
  }

  /** Milliseconds since the log was first seen to hold an event after `position`; 0 when it holds none. */
  lagOf(position: LogPosition | undefined): number {
    const beyond = this.seen.find((one) => !position || comparePositions(one.position, position) > 0);
    return beyond ? performance.now() - beyond.at : 0;
  }

  /** Called after each look. */
  onLook(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.look();
        this.lastFailure = undefined;
      } catch (error) {
        this.lastFailure = error;
      }
      for (const listener of this.listeners) listener();
      await sleep(this.everyMilliseconds, signal);
    }
  }

  private async look(): Promise<void> {
    const at = performance.now();
    for await (const { position } of this.events.readAll({ direction: 'backwards', maxCount: 1 })) {
      if (this.head && comparePositions(position, this.head) <= 0) break;
      this.seen.push({ position, at });
      // The newest stays, and every other of the rest: a consumer far behind is told its lag a little late.
      if (this.seen.length > remembered) this.thin();
    }
    this.lookedAt = at;
  }

  private thin(): void {
    const kept = this.seen.filter((_, index) => index % 2 === 0 || index === this.seen.length - 1);
    this.seen.splice(0, this.seen.length, ...kept);
  }
}
