import type { Clock } from '@flowledger/event-sourcing';

const longestTimeout = 2 ** 31 - 1;
const retryAfter = 1_000;

/** Tasks that are due at a time of the clock, by key. A task that fails is tried again each second. */
export class Timeouts {
  private readonly pending = new Map<string, NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly onFailure: (error: unknown, retryInMilliseconds: number) => void,
  ) {}

  start(): void {
    this.stopped = false;
  }

  has(key: string): boolean {
    return this.pending.has(key);
  }

  /** Replaces what was set for the key. */
  set(key: string, dueAt: number, task: () => Promise<void>): void {
    if (this.stopped) return;
    clearTimeout(this.pending.get(key));
    const wait = Math.min(longestTimeout, Math.max(0, dueAt - this.clock.epochMilliseconds()));
    const timeout = setTimeout(() => {
      if (this.clock.epochMilliseconds() < dueAt) return this.set(key, dueAt, task);
      const run: Promise<void> = this.run(key, timeout, task).finally(() => this.running.delete(run));
      this.running.add(run);
    }, wait);
    this.pending.set(key, timeout);
  }

  clear(key: string): void {
    clearTimeout(this.pending.get(key));
    this.pending.delete(key);
  }

  /** Resolves when what is running is done; nothing is set or run afterwards. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timeout of this.pending.values()) clearTimeout(timeout);
    this.pending.clear();
    await Promise.all(this.running);
  }

  /** What the task itself has set for the key meanwhile stays. */
  private async run(key: string, timeout: NodeJS.Timeout, task: () => Promise<void>): Promise<void> {
    try {
      await task();
      if (this.pending.get(key) === timeout) this.pending.delete(key);
    } catch (error) {
      this.onFailure(error, retryAfter);
      if (this.pending.get(key) === timeout) this.set(key, this.clock.epochMilliseconds() + retryAfter, task);
    }
  }
}
