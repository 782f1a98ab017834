import { EventStore, EventStoreUnavailable } from '@flowledger/event-sourcing';
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
import { headOf, readAll } from './all-reader';
import { append } from './appender';
import { Connection } from './connection';
import { checkConnectionString, openChecked } from './connection-string';
import { loadClient } from './client/load-client';
import { within } from './deadline';
import { defaultLimits, defaultTimers } from './event-store-db-options';
import type { EventStoreDbOptions } from './event-store-db-options';
import { readStream } from './stream-reader';
import { subscribe } from './subscription';

export interface ConnectionStatus {
  /** Clients that let a timer run out, or said something that nobody understands. */
  readonly clientsReplaced: number;
  /** Generation of the newest subscription. */
  readonly subscriptions: number;
  /** Messages that came for a read or subscription that was over. */
  readonly discarded: number;
  /** Whether new appends and reads are refused because the store has not been answering. */
  readonly circuitOpen: boolean;
  readonly appendsInFlight: number;
  readonly appendsWaiting: number;
  /** Positive when the server's clock is ahead of ours; 0 below a second. */
  readonly clockSkewMs: number;
}

/**
 * The log on EventStoreDB 22.10 or later. Open one per process: client 6.2.1 lets a failing client take the pending
 * appends of every other client of the process down with it.
 *
 * Subscriptions end with {@link SubscriptionDropped} whenever the client is replaced, for whatever reason: subscribe again.
 */
export class EventStoreDbEventStore extends EventStore {
  private constructor(private readonly connection: Connection) {
    super();
  }

  /**
   * Opens a connection and reads the head of `$all` through it.
   *
   * @throws InvalidConnectionString
   * @throws EventStoreUnavailable nobody answers, something else answers, or the account may not read `$all`
   */
  static async connect(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const { connectionString, client = 'eventstore', ...settings } = options;
    const checked = checkConnectionString(connectionString);
    const openClient = loadClient(client);
    const connection = new Connection(
      () => openChecked(openClient, checked),
      { ...defaultTimers, ...settings },
      { ...defaultLimits, ...settings },
    );
    const { connectTimeoutMs } = connection.timers;
    try {
      await within(headOf(connection), connectTimeoutMs, 'The first answer of EventStoreDB');
      return new EventStoreDbEventStore(connection);
    } catch (error) {
      await connection.close();
      if (error instanceof EventStoreUnavailable) throw error;
      throw new EventStoreUnavailable('EventStoreDB does not answer: check host, port and tls', {
        cause: error,
      });
    }
  }

  override append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    return append(this.connection, stream, expected, events);
  }

  override readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    return readStream(this.connection, stream, options);
  }

  override readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return readAll(this.connection, options);
  }

  override subscribe(options: SubscribeOptions = {}): AsyncIterable<SubscriptionMessage> {
    return subscribe(this.connection, options);
  }

  override head(): Promise<LogPosition | undefined> {
    return headOf(this.connection);
  }

  /** What has happened to the connection so far, for health checks and metrics. */
  get status(): ConnectionStatus {
    const { breaker, counts, gate, serverClock } = this.connection;
    return {
      ...counts,
      circuitOpen: breaker.isOpen,
      appendsInFlight: gate.inFlight,
      appendsWaiting: gate.waiting,
      clockSkewMs: serverClock.skewMs,
    };
  }

  override close(): Promise<void> {
    return this.connection.close();
  }
}
