import { EventStoreUnavailable } from '@flowledger/event-sourcing';

/** The store failed several times in a row, so nobody else is sent there for a moment. */
export class CircuitOpen extends EventStoreUnavailable {
  constructor(
    readonly retryAfterMs: number,
    cause: Error,
  ) {
    super(
      `EventStoreDB has not been answering (${cause.message}); nothing was sent, try again in ${retryAfterMs} ms`,
      { cause },
    );
    this.name = 'CircuitOpen';
  }
}

export interface CircuitBreakerOptions {
  /** Failures in a row, each of an attempt that began after the one before had failed. */
  readonly failures?: number;
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

/** An attempt that was let through. */
export interface Ticket {
  readonly number: number;
}

/**
 * Open after a row of failures: then one attempt a pause is let through, the pauses growing, jittered, until one
 * succeeds. A hundred attempts that one broken connection takes down together are one failure, not a hundred.
 */
export class CircuitBreaker {
  private readonly limit: number;
  private readonly firstPauseMs: number;
  private readonly longestPauseMs: number;
  private issued = 0;
  private failures = 0;
  /** Tickets up to this one belong to a failure that was counted. */
  private counted = 0;
  private closedUntil = 0;
  private cause = new Error('no reason');

  constructor(options: CircuitBreakerOptions = {}) {
    this.limit = options.failures ?? 5;
    this.firstPauseMs = options.firstPauseMs ?? 250;
    this.longestPauseMs = options.longestPauseMs ?? 5_000;
  }

  get isOpen(): boolean {
    return this.failures >= this.limit;
  }

  /** Lets one attempt through. @throws CircuitOpen */
  admit(): Ticket {
    this.assertClosed();
    if (this.isOpen) this.pause();
    return { number: ++this.issued };
  }

  /** @throws CircuitOpen */
  assertClosed(): void {
    const wait = this.closedUntil - performance.now();
    if (this.isOpen && wait > 0) throw new CircuitOpen(Math.ceil(wait), this.cause);
  }

  succeeded(): void {
    this.failures = 0;
    this.counted = this.issued;
  }

  failed({ number }: Ticket, cause: Error): void {
    if (number <= this.counted) return;
    this.counted = this.issued;
    this.failures++;
    this.cause = cause;
    if (this.isOpen) this.pause();
  }

  private pause(): void {
    const doublings = Math.min(this.failures - this.limit, 20);
    const pause = Math.min(this.firstPauseMs * 2 ** doublings, this.longestPauseMs);
    this.closedUntil = performance.now() + pause * (0.5 + Math.random() / 2);
  }
}
