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
import { mappedAsync } from './mapped';
import { SealedData } from './sealed-data';
import type { KeyStore } from './key-store';

/**
 * An event store that seals personal parts before they are stored and opens them for whoever reads. Once a subject's key
 * is destroyed, readers find `erased` in their place, always the same. Events from before there were seals are read as
 * they are. What hashes or copies the log reads {@link stored}.
 */
export class ErasableEventStore extends EventStore {
  private readonly sealed: SealedData;

  constructor(
    /** The same log as it was written. */
    readonly stored: EventStore,
    keys: KeyStore,
  ) {
    super();
    this.sealed = new SealedData(keys);
  }

  /** @throws UnownedPersonalData, and what the store throws */
  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    const sealed = await Promise.all(events.map((event) => this.sealed.seal(event)));
    return this.stored.append(stream, expected, sealed);
  }

  /** @throws KeyMissing, SealBroken, and what the store throws */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return mappedAsync(this.stored.readStream(stream, options), (event) => this.sealed.open(event));
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return mappedAsync(this.stored.readAll(options), (event) => this.sealed.open(event));
  }

  subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
    return mappedAsync(this.stored.subscribe(options), (message) => this.opened(message));
  }

  head(): Promise<LogPosition | undefined> {
    return this.stored.head();
  }

  close(): Promise<void> {
    return this.stored.close();
  }

  private async opened(message: SubscriptionMessage): Promise<SubscriptionMessage> {
    if (message.kind !== 'events') return message;
    const events: RecordedEvent[] = [];
    for (const event of message.events) events.push(await this.sealed.open(event));
    return { ...message, events };
  }
}
