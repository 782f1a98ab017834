import type { NewEvent, RecordedEvent } from './event';
import type { LogPosition, StreamRevision } from './positions';

/** `any` and `stream-exists` are for probes; domain events always name `no-stream` or the revision they build on. */
export type ExpectedRevision = 'no-stream' | 'stream-exists' | 'any' | StreamRevision;

export interface AppendResult {
  /** Revision of the last event of this append. */
  readonly revision: StreamRevision;
  /** Position of the last event of this append. */
  readonly position: LogPosition;
}

export type ReadDirection = 'forwards' | 'backwards';

export interface ReadStreamOptions {
  readonly direction?: ReadDirection;
  /** First revision to read (inclusive); start of the stream forwards, its end backwards, when absent. */
  readonly from?: StreamRevision;
  readonly maxCount?: number;
}

export interface ReadAllOptions {
  readonly direction?: ReadDirection;
  /** Forwards only events after this position, backwards only events before it: exclusive both ways. */
  readonly from?: LogPosition;
  readonly maxCount?: number;
  /** Only streams whose name begins with one of these. System streams (`$…`) are never returned. */
  readonly streamPrefixes?: readonly string[];
}

export interface SubscribeOptions {
  /** Resume after this position (exclusive); from the beginning when absent. */
  readonly after?: LogPosition;
  readonly streamPrefixes?: readonly string[];
  readonly signal?: AbortSignal;
}

export type SubscriptionMessage =
  /** One or more events in log order. While catching up a page, when live whatever has arrived. */
  | { readonly kind: 'events'; readonly events: readonly RecordedEvent[] }
  /** Nothing that matches exists between the last message and this position. */
  | { readonly kind: 'checkpoint'; readonly position: LogPosition }
  /** Everything readable when it was written has been handed over. At least once; it may come many times. */
  | { readonly kind: 'caught-up' };

/**
 * The log. Promises every adapter keeps (they run `eventStoreContract`):
 *  - an append is atomic and durable before it resolves; revisions start at 0 and have no gaps;
 *  - a repeated append (same ids, same expectation) resolves with the original result and writes nothing;
 *  - a position becomes readable only when every earlier position is durable and readable;
 *  - a subscription hands over every matching event after `after`, in order, at least once. It ends only by an error
 *    ({@link SubscriptionDropped}), by `signal`, or because the consumer stopped iterating. It never resubscribes itself.
 *
 * Not promised: idempotency of `any` and `stream-exists` across restarts; a `fell-behind` signal; dense positions.
 */
export abstract class EventStore {
  /**
   * @throws WrongExpectedRevision, StreamDeleted, InvalidAppend, StorageFull, EventStoreUnavailable: nothing was written
   * @throws UnknownOutcome the events may be there: repeat with the same ids and the same expectation
   */
  abstract append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult>;

  /** Empty for a stream that does not exist. @throws StreamDeleted, CorruptRecord, EventStoreUnavailable */
  abstract readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  abstract readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  abstract subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionMessage>;

  /** Position of the last event of the log (of any stream), or undefined while it is empty. */
  abstract head(): Promise<LogPosition | undefined>;

  abstract close(): Promise<void>;
}
