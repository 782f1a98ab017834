import {
  EventStoreUnavailable,
  formatPosition,
  MalformedPosition,
  SubscriptionDropped,
} from '@flowledger/event-sourcing';
import type { SubscribeOptions } from '@flowledger/event-sourcing';
import { classify } from './client-errors';
import type { ReadCall, ReadSink, ServerMessage } from './client/read-call';
import { hasPrefix, isDomainEvent } from './client/recorded-event';
import type { MessageQueue } from './message-queue';

/** Events in the queue at which the server is made to wait. */
const highWater = 1_000;
/** Servers once sent 2^64-1 when nothing had matched. */
const beyondAnyLog = 2n ** 63n - 1n;

/** One subscription on the wire, poured into the queue in the order in which the server sent it. */
export class SubscriptionFeed {
  /** Resolves when the server has confirmed the subscription. */
  readonly confirmed: Promise<void>;
  private readonly call: ReadCall;
  private confirm!: () => void;

  constructor(
    open: (sink: ReadSink) => ReadCall,
    private readonly queue: MessageQueue,
    private readonly options: SubscribeOptions,
    private readonly notes: Omit<ReadSink, 'message'> & { caughtUp(): void },
  ) {
    this.confirmed = new Promise((resolve) => (this.confirm = resolve));
    this.call = open({
      message: (message) => this.receive(message),
      discarded: () => notes.discarded(),
      serverTime: (time) => notes.serverTime(time),
    });
    this.call.done.then(
      () => queue.fail(new SubscriptionDropped('the server ended it')),
      (error: Error) => queue.fail(this.reasonOf(error)),
    );
  }

  /** Lets the server go on after the consumer has taken what there was. */
  resume(): void {
    if (this.queue.length < highWater) this.call.resume();
  }

  stop(): void {
    this.call.cancel(new SubscriptionDropped('stopped'));
  }

  private receive(message: ServerMessage | undefined): void {
    switch (message?.kind) {
      case 'event': {
        const { event } = message;
        // The server filters too; a server that ignores the filter must not be believed.
        if (isDomainEvent(event) && hasPrefix(event.stream, this.options.streamPrefixes))
          this.queue.event(event);
        else this.queue.checkpoint(event.position);
        if (this.queue.length >= highWater) this.call.pause();
        break;
      }
      case 'checkpoint':
        if (message.position.commit < beyondAnyLog) this.queue.checkpoint(message.position);
        break;
      case 'caught-up':
        this.notes.caughtUp();
        break;
      case 'confirmed':
        this.confirm();
    }
  }

  private reasonOf(error: Error): Error {
    const { kind } = classify(error);
    const { after } = this.options;
    if (kind === 'bad-position' && after) return new MalformedPosition(formatPosition(after));
    if (kind === 'denied')
      return new EventStoreUnavailable(
        'EventStoreDB refuses subscriptions to $all: check the $settings ACL',
        { cause: error },
      );
    return new SubscriptionDropped(error.message, { cause: error });
  }
}
