import type { RecordedEvent, SubscribeOptions, SubscriptionMessage } from '@flowledger/event-sourcing';
import { Around } from './around';

/** Notes what its subscriptions hand over. */
export class Counted extends Around {
  readonly events: RecordedEvent[] = [];
  subscriptions = 0;

  get handedOver(): number {
    return this.events.length;
  }

  override async *subscribe(options?: SubscribeOptions): AsyncGenerator<SubscriptionMessage> {
    this.subscriptions += 1;
    for await (const message of this.inner.subscribe(options)) {
      if (message.kind === 'events') this.events.push(...message.events);
      yield message;
    }
  }
}
