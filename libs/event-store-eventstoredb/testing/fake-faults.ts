import { Metadata } from '@grpc/grpc-js';

/** What happens to one append. `written`: the events are in the log although the client does not hear of it. */
export interface AppendFault {
  readonly written: boolean;
  /**
   * `never`: no answer. `end-stream`: the batch stream is completed without one. `fail-stream`: it is failed with
   * INTERNAL, what a stopping server sends. `late`: answered when {@link FakeFaults.answerLate} is called.
   */
  readonly answer: 'never' | 'end-stream' | 'fail-stream' | 'late';
}

/** Switches of the fake; everything works while none is set. */
export class FakeFaults {
  /** Applied to the next appends, one each. */
  readonly appends: AppendFault[] = [];
  /** Applied to every append once the list above is used up. */
  everyAppend: AppendFault | undefined;
  /** Milliseconds before any answer to an append. */
  appendDelay = 0;
  /** Reads are accepted and never answered. */
  readsHang = false;
  /** Subscriptions are accepted and never confirmed. */
  subscriptionsHang = false;
  /** Subscriptions stay open and get nothing any more. */
  subscriptionsMute = false;
  /** `caughtUp` is never sent: servers before 23.10. */
  noCaughtUp = false;
  /** Subscriptions ignore their filter. */
  filterIgnored = false;
  /** Sent as a filtered checkpoint right after the confirmation: nonsense that servers once sent. */
  bogusCheckpoint: bigint | undefined;
  /** Every event of a subscription is sent twice. */
  eventsTwice = false;
  /** A checkpoint at its own position is sent before every event: servers before 23.10.6. */
  checkpointBeforeEvent = false;
  /** How far the server's clock is ahead of ours. */
  clockAheadMs = 0;
  private readonly late: (() => void)[] = [];

  /** What every answer to a read begins with. */
  headers(): Metadata {
    const headers = new Metadata();
    headers.set('date', new Date(Date.now() + this.clockAheadMs).toUTCString());
    return headers;
  }

  nextAppend(): AppendFault | undefined {
    return this.appends.shift() ?? this.everyAppend;
  }

  keepForLater(answer: () => void): void {
    this.late.push(answer);
  }

  answerLate(): void {
    for (const answer of this.late.splice(0)) answer();
  }
}
