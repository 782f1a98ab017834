import { EventStore, InvalidAppend } from '@flowledger/event-sourcing';
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
  Upcasters,
} from '@flowledger/event-sourcing';

/**
 * An event store whose readers see current shapes only. Deciders, projections and process managers stand behind it;
 * what hashes, copies or verifies the log reads {@link stored}.
 *
 * It takes events in their current shape only: give `AggregateStore` the same upcasters.
 */
export class UpcastingEventStore extends EventStore {
  constructor(
    /** The same log as it was written. */
    readonly stored: EventStore,
    private readonly upcasters: Upcasters,
  ) {
    super();
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    for (const { type, metadata } of events) {
      const version = this.upcasters.versionOf(type);
      if (metadata.schemaVersion === version) continue;
      const written = `${type} of schema version ${metadata.schemaVersion}`;
      throw new InvalidAppend(
        stream,
        `${written}, but it is ${version ? `at ${version}` : 'not written any more'}`,
      );
    }
    return this.stored.append(stream, expected, events);
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return mapped(this.stored.readStream(stream, options), (event) => this.upcasters.upcast(event));
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return mapped(this.stored.readAll(options), (event) => this.upcasters.upcast(event));
  }

  subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
    return mapped(this.stored.subscribe(options), (message) =>
      message.kind === 'events'
        ? { ...message, events: message.events.map((event) => this.upcasters.upcast(event)) }
        : message,
    );
  }

  head(): Promise<LogPosition | undefined> {
    return this.stored.head();
  }

  close(): Promise<void> {
    return this.stored.close();
  }
}

/** By hand, because a generator that waits for its source cannot be told to return. */
const mapped = <T>(source: AsyncIterable<T>, map: (item: T) => T): AsyncIterable<T> => ({
  [Symbol.asyncIterator]() {
    const iterator = source[Symbol.asyncIterator]();
    const end = async (): Promise<IteratorResult<T>> => {
      await iterator.return?.();
      return { done: true, value: undefined };
    };
    return {
      async next() {
        const item = await iterator.next();
        if (item.done) return item;
        try {
          return { done: false, value: map(item.value) };
        } catch (error) {
          // Whoever iterates does not call `return` after an error: the source would stay open.
          await end();
          throw error;
        }
      },
      return: end,
    };
  },
});
