import { comparePositions } from '@flowledger/event-sourcing';
import type { LogPosition, RecordedEvent, SubscriptionMessage } from '@flowledger/event-sourcing';

type Entry = RecordedEvent | Exclude<SubscriptionMessage, { kind: 'events' }>;

/**
 * The one line in which events and markers of a subscription wait for the consumer. A marker that goes back in the log
 * or repeats the place is left out.
 */
export class MessageQueue {
  private readonly entries: Entry[] = [];
  /** Resolves when the subscription has failed. */
  readonly failed: Promise<void>;
  private signalFailure!: () => void;
  private failure: Error | undefined;
  private wake: (() => void) | undefined;
  private last: LogPosition | undefined;
  private lastEvent: LogPosition | undefined;
  private held: LogPosition | undefined;

  /** @param after nothing at or before this position is handed over */
  constructor(after: LogPosition | undefined) {
    this.last = this.lastEvent = after;
    this.failed = new Promise((resolve) => (this.signalFailure = resolve));
  }

  get length(): number {
    return this.entries.length;
  }

  /** The place up to which everything that matches was put in here. */
  get position(): LogPosition | undefined {
    return this.last;
  }

  event(event: RecordedEvent): void {
    // The event at the boundary, and any other, may come again.
    if (this.lastEvent && comparePositions(event.position, this.lastEvent) <= 0) return;
    if (this.held && comparePositions(this.held, event.position) < 0) this.release();
    this.held = undefined;
    this.last = this.lastEvent = event.position;
    this.push(event);
  }

  /**
   * Servers once sent checkpoints at an event that was still to come (R10): whoever resumed there had lost it. So a
   * checkpoint is held until something later has come.
   */
  checkpoint(position: LogPosition): void {
    if (this.last && comparePositions(position, this.last) <= 0) return;
    if (this.held && comparePositions(position, this.held) <= 0) return;
    this.held = position;
  }

  caughtUp(): void {
    this.release();
    this.push({ kind: 'caught-up' });
  }

  /** Hands the held checkpoint over: nothing before it is missing. */
  release(): void {
    if (!this.held) return;
    this.last = this.held;
    this.push({ kind: 'checkpoint', position: this.held });
    this.held = undefined;
  }

  /** What is in the queue is handed over before the error is. */
  fail(error: Error): void {
    this.failure ??= error;
    this.signalFailure();
    this.wake?.();
  }

  /** Resolves when there is something to {@link take}, or after the time: then false. One caller at a time. */
  arrival(milliseconds: number): Promise<boolean> {
    if (this.entries.length > 0 || this.failure) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), milliseconds);
      const settle = (arrived: boolean) => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve(arrived);
      };
      this.wake = () => settle(true);
    });
  }

  /** All events up to the next marker as one message, or that marker. @throws what {@link fail} was given */
  take(): SubscriptionMessage | undefined {
    const first = this.entries[0];
    if (!first) {
      if (this.failure) throw this.failure;
      return undefined;
    }
    if ('kind' in first) {
      this.entries.shift();
      return first;
    }
    const end = this.entries.findIndex((entry) => 'kind' in entry);
    const events = this.entries.splice(0, end < 0 ? this.entries.length : end);
    return { kind: 'events', events: events as RecordedEvent[] };
  }

  private push(entry: Entry): void {
    this.entries.push(entry);
    this.wake?.();
  }
}
