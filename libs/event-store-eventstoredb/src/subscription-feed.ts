import { START, streamNameFilter } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, AllStreamSubscription } from '@eventstore/db-client';
import {
  EventStoreUnavailable,
  logPosition,
  MalformedPosition,
  SubscriptionDropped,
} from '@flowledger/event-sourcing';
import { formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition, SubscribeOptions } from '@flowledger/event-sourcing';
import { classify } from './client-errors';
import type { ClientLease } from './client-lease';
import { hasPrefix, isDomainEvent, toRecorded } from './event-codec';
import type { MessageQueue } from './message-queue';

/** Events in the queue at which the server is made to wait. */
const highWater = 500;
/** Times 32 considered events: how often a filtered subscription tells where it is. */
const checkpointInterval = 10;
/** Servers once sent 2^64-1 when nothing had matched. */
const beyondAnyLog = 2n ** 63n - 1n;

/**
 * The client's subscription, poured into the queue. Its callbacks run ahead of events that still lie in its own buffer,
 * so a marker waits until that buffer is empty; the newest replaces older ones.
 */
export class SubscriptionFeed {
  /** Resolves when the server has confirmed the subscription. */
  readonly confirmed: Promise<void>;
  private readonly subscription: AllStreamSubscription;
  private heldCheckpoint: LogPosition | undefined;
  private heldCaughtUp = false;

  constructor(
    lease: ClientLease,
    private readonly queue: MessageQueue,
    private readonly options: SubscribeOptions,
    private readonly onCaughtUp: () => void,
  ) {
    const { after, streamPrefixes } = options;
    const checkpoints = {
      checkpointInterval,
      // Must neither reject nor wait: the client would stop without a word.
      checkpointReached: async (_: unknown, { commit, prepare }: { commit: bigint; prepare: bigint }) => {
        if (commit < beyondAnyLog) this.heldCheckpoint = logPosition(commit, prepare);
        this.releaseMarkers();
      },
    };
    this.subscription = lease.client.subscribeToAll({
      fromPosition: after ?? START,
      filter: streamPrefixes
        ? streamNameFilter({ prefixes: [...streamPrefixes], ...checkpoints })
        : streamNameFilter({ regex: '^[^$]', ...checkpoints }),
    });
    this.confirmed = new Promise((resolve) => this.subscription.once('confirmation', () => resolve()));
    this.listen(lease);
  }

  /** Lets the server go on after the consumer has taken what there was. */
  resume(): void {
    if (this.subscription.isPaused() && this.queue.length < highWater) this.subscription.resume();
  }

  /** Whether the client still holds events that are not in the queue. */
  get buffered(): boolean {
    return this.subscription.readableLength > 0;
  }

  stop(): void {
    this.subscription.removeAllListeners('data');
    this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.destroy();
  }

  private listen(lease: ClientLease): void {
    const ended = () => this.queue.fail(new SubscriptionDropped('the server ended it'));
    this.subscription
      .on('data', (resolved: AllStreamResolvedEvent) => this.receive(resolved))
      .on('caughtUp', () => {
        this.heldCaughtUp = true;
        this.releaseMarkers();
      })
      .on('error', (error: Error) => this.queue.fail(this.reasonOf(error)))
      .on('end', ended)
      .on('close', ended);
    // The client leaves its subscribers hanging when it is disposed.
    const retired = () => {
      const reason = lease.retired.reason as Error;
      this.queue.fail(new SubscriptionDropped(reason.message, { cause: reason }));
    };
    if (lease.retired.aborted) retired();
    lease.retired.addEventListener('abort', retired);
    this.subscription.once('close', () => lease.retired.removeEventListener('abort', retired));
  }

  private receive({ event }: AllStreamResolvedEvent): void {
    try {
      // The server filters too; a server that ignores the filter must not be believed.
      if (event && isDomainEvent(event) && hasPrefix(event.streamId, this.options.streamPrefixes))
        this.queue.event(toRecorded(event));
    } catch (error) {
      this.queue.fail(error as Error);
    }
    this.releaseMarkers();
    if (this.queue.length >= highWater) this.subscription.pause();
  }

  private releaseMarkers(): void {
    if (this.buffered) return;
    if (this.heldCheckpoint) this.queue.checkpoint(this.heldCheckpoint);
    this.heldCheckpoint = undefined;
    if (this.heldCaughtUp) this.onCaughtUp();
    this.heldCaughtUp = false;
  }

  private reasonOf(error: Error): Error {
    const { kind } = classify(error);
    const { after } = this.options;
    if (kind === 'bad-position' && after) return new MalformedPosition(formatPosition(after));
    if (kind === 'denied')
      return new EventStoreUnavailable(
        'EventStoreDB refuses subscriptions to $all: check the $settings ACL',
        {
          cause: error,
        },
      );
    return new SubscriptionDropped(error.message, { cause: error });
  }
}
