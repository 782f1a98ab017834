import type { EventStore, LogPosition, RecordedEvent, SubscribeOptions } from '@flowledger/event-sourcing';
import type { SubscriptionMessage } from '@flowledger/event-sourcing';

/** Reads a subscription in the background and lets a test await what has come. */
export class SubscriptionReader {
  readonly messages: SubscriptionMessage[] = [];
  /** Resolves when the subscription has ended: with its error, or undefined when it ended politely. */
  readonly ended: Promise<unknown>;
  private readonly abort = new AbortController();
  private readonly waiting = new Set<() => void>();
  private over = false;

  constructor(store: EventStore, options: Omit<SubscribeOptions, 'signal'>) {
    this.ended = this.read(store.subscribe({ ...options, signal: this.abort.signal }));
  }

  get events(): RecordedEvent[] {
    return this.messages.flatMap((message) => (message.kind === 'events' ? message.events : []));
  }

  get ids(): string[] {
    return this.events.map(({ id }) => id);
  }

  /** The place to resume from: after the last event or checkpoint. */
  get position(): LogPosition | undefined {
    const last = this.messages.findLast(({ kind }) => kind !== 'caught-up');
    return last?.kind === 'events'
      ? last.events.at(-1)!.position
      : last?.kind === 'checkpoint'
        ? last.position
        : undefined;
  }

  caughtUp(): Promise<void> {
    return this.until(() => this.messages.some(({ kind }) => kind === 'caught-up'));
  }

  received(count: number): Promise<void> {
    return this.until(() => this.events.length >= count);
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.over) throw new Error('The subscription ended before', { cause: await this.ended });
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  stop(): Promise<unknown> {
    this.abort.abort();
    return this.ended;
  }

  private async read(messages: AsyncIterable<SubscriptionMessage>): Promise<unknown> {
    try {
      for await (const message of messages) {
        this.messages.push(message);
        this.wake();
      }
      return undefined;
    } catch (error) {
      return error;
    } finally {
      this.over = true;
      this.wake();
    }
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
