import { EventStore } from '@flowledger/event-sourcing';
import type {
  AppendResult,
  ExpectedRevision,
  LogPosition,
  NewEvent,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '@flowledger/event-sourcing';

/** A log that passes everything on to another one: a fault overrides what it makes go wrong. */
export class Around extends EventStore {
  constructor(protected readonly inner: EventStore) {
    super();
  }

  override append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    return this.inner.append(stream, expected, events);
  }

  override readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return this.inner.readStream(stream, options);
  }

  override readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return this.inner.readAll(options);
  }

  override subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
    return this.inner.subscribe(options);
  }

  override head(): Promise<LogPosition | undefined> {
    return this.inner.head();
  }

  override close(): Promise<void> {
    return this.inner.close();
  }
}
