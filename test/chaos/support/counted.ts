import type { RecordedEvent, SubscribeOptions, SubscriptionMessage } from '@flowledger/event-sourcing';
import { Around } from './around';

/** Notes what its subscriptions hand over. */
export class Counted extends Around {
  readonly events: RecordedEvent[] = [];
  subscriptions = 0;
  private readonly waiting = new Set<() => void>();

  get handedOver(): number {
    return this.events.length;
  }

  /** Resolves once this many events were handed over and the consumer is done with them. */
  async until(count: number): Promise<void> {
    while (this.handedOver < count) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  override async *subscribe(options?: SubscribeOptions): AsyncGenerator<SubscriptionMessage> {
    this.subscriptions += 1;
    for await (const message of this.inner.subscribe(options)) {
      yield message;
      if (message.kind !== 'events') continue;
      this.events.push(...message.events);
      for (const resolve of this.waiting) resolve();
      this.waiting.clear();
    }
  }
}
