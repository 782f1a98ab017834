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
import type { Tracing } from './tracing';

/** An event store whose appends are spans: of the command that is being carried out, or else of what the event names. */
export class TracedEventStore extends EventStore {
  constructor(
    private readonly inner: EventStore,
    private readonly tracing: Tracing,
  ) {
    super();
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const [first] = events;
    if (!first?.metadata.traceId) return this.inner.append(stream, expected, events);
    const { traceId, spanId } = first.metadata;
    const attributes = {
      'flowledger.stream': stream,
      'flowledger.events': events.length,
      'flowledger.event_types': events
        .slice(0, 10)
        .map(({ type }) => type)
        .join(','),
    };
    const name = `append ${stream.slice(0, stream.indexOf('-')) || stream}`;
    return this.tracing.run(name, { kind: 'client', parent: { traceId, spanId }, attributes }, () =>
      this.inner.append(stream, expected, events),
    );
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return this.inner.readStream(stream, options);
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return this.inner.readAll(options);
  }

  subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
    return this.inner.subscribe(options);
  }

  head(): Promise<LogPosition | undefined> {
    return this.inner.head();
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}
