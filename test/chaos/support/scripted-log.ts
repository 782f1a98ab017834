import type {
  LogPosition,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '@flowledger/event-sourcing';
import { comparePositions, SubscriptionDropped } from '@flowledger/event-sourcing';
import { collect } from '@flowledger/event-sourcing/testing';
import { Around } from './around';

interface Delivery {
  readonly message: SubscriptionMessage | Error | 'end';
  /** Called when the consumer is done with it. */
  readonly handled: () => void;
}

/** A real log whose subscription hands over what the script says, when it says so. */
export class ScriptedLog extends Around {
  private deliveries: Delivery[] = [];
  private wake: (() => void) | undefined;
  private open = false;
  private cursor: LogPosition | undefined;
  private onOpen: (() => void) | undefined;

  /** Where the present subscription stands. */
  get place(): LogPosition | undefined {
    return this.cursor;
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Resolves when a subscription is open. */
  async opened(): Promise<void> {
    if (!this.open) await new Promise<void>((resolve) => (this.onOpen = resolve));
  }

  /** The next events, at most `count`; does nothing without a subscription. */
  async deliver(count: number): Promise<void> {
    const rest = await this.rest();
    if (rest.length > 0) await this.put({ kind: 'events', events: rest.slice(0, count) });
  }

  /** Everything that is left, then the live edge. */
  async catchUp(): Promise<void> {
    await this.deliver(Infinity);
    await this.put({ kind: 'caught-up' });
  }

  checkpoint = (position: LogPosition): Promise<void> => this.put({ kind: 'checkpoint', position });
  drop = (): Promise<void> => this.put(new SubscriptionDropped('as the script says'));
  end = (): Promise<void> => this.put('end');

  override async *subscribe({ after, signal }: SubscribeOptions = {}): AsyncGenerator<SubscriptionMessage> {
    this.cursor = after;
    this.deliveries = [];
    this.open = true;
    this.onOpen?.();
    signal?.addEventListener('abort', () => this.wake?.());
    try {
      while (!signal?.aborted) {
        const next = this.deliveries.shift();
        if (!next) await new Promise<void>((resolve) => (this.wake = resolve));
        else {
          const { message } = next;
          if (message === 'end' || message instanceof Error) {
            this.open = false;
            next.handled();
            if (message === 'end') return;
            throw message;
          }
          if (message.kind === 'events') this.cursor = message.events.at(-1)!.position;
          try {
            yield message;
          } finally {
            next.handled();
          }
        }
      }
    } finally {
      this.open = false;
      for (const { handled } of this.deliveries) handled();
    }
  }

  private async rest(): Promise<RecordedEvent[]> {
    const log = await collect(this.inner.readAll());
    const { cursor } = this;
    return cursor ? log.filter(({ position }) => comparePositions(position, cursor) > 0) : log;
  }

  private put(message: Delivery['message']): Promise<void> {
    if (!this.open) return Promise.resolve();
    return new Promise((handled) => {
      this.deliveries.push({ message, handled });
      this.wake?.();
    });
  }
}
