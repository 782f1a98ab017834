import { comparePositions, LogConsumer, Waiting } from '@flowledger/event-sourcing';
import type {
  EventStore,
  Leases,
  LogConsumerOptions,
  LogHandler,
  LogPosition,
  ProjectionRunner,
  RecordedEvent,
} from '@flowledger/event-sourcing';
import type { ReadModelProgress } from './read-model-progress';

/** The log as far as every read model has passed it, whoever folds them. */
export type VisibleLog = Pick<
  ProjectionRunner,
  'position' | 'ready' | 'reached' | 'onCommitted' | 'whileStill'
>;

export interface ReadModelFollowerOptions extends LogConsumerOptions {
  readonly events: EventStore;
  readonly progress: ReadModelProgress;
  /** Where only one process may follow: the others stand by. Any number may without it. */
  readonly lease?: FollowersLease;
  readonly onFailure: (error: unknown, retryInMilliseconds: number) => void;
}

export interface FollowersLease {
  readonly name: string;
  /** The same after a restart, which then need not wait for its own lease to run out. */
  readonly owner: string;
  readonly leases: Leases;
}

type Listener = (events: readonly RecordedEvent[]) => void;

const noLease: Leases = {
  claim: async (consumer, owner) => ({ consumer, owner, epoch: 0 }),
  extend: async () => true,
  release: async () => undefined,
};

const patience = 1_000;

/**
 * A {@link VisibleLog} in a process that folds nothing itself: follows the log, holds each event back until the stored
 * checkpoints have passed it, and then tells of it. Nothing is told twice and nothing is left out; it begins where the
 * read models stand when it starts.
 */
export class ReadModelFollower implements VisibleLog {
  private readonly listeners = new Set<Listener>();
  private readonly waiting = new Waiting();
  private readonly consumer: LogConsumer;
  private readonly stopping = new AbortController();
  private inTurn: Promise<unknown> = Promise.resolve();
  position: LogPosition | undefined;
  ready = false;
  lastFailure: unknown;

  constructor(private readonly options: ReadModelFollowerOptions) {
    const { events, lease, ...supervision } = options;
    this.consumer = new LogConsumer(events, lease?.leases ?? noLease, this.handler(), {
      ...supervision,
      ...(lease && { owner: lease.owner }),
    });
  }

  start(): void {
    this.consumer.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.consumer.stop();
  }

  onCommitted(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** No event is told while the task runs. The read models may be ahead of `position`, never behind it. */
  whileStill<T>(task: () => Promise<T>): Promise<T> {
    const run = this.inTurn.then(task);
    this.inTurn = run.catch(() => undefined);
    return run;
  }

  reached(position: LogPosition, timeoutMilliseconds: number): Promise<boolean> {
    return this.waiting.until(
      () => !!this.position && comparePositions(this.position, position) >= 0,
      timeoutMilliseconds,
    );
  }

  /** However long it takes; also when it is stopped before. */
  async untilReady(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted && !(await this.waiting.until(() => this.ready, patience)));
  }

  private handler(): LogHandler {
    const position = (): LogPosition | undefined => this.position;
    return {
      name: this.options.lease?.name ?? 'read-model-follower',
      get position() {
        return position();
      },
      report: () => ({}),
      resumeAfter: async () => (this.position ??= await this.options.progress.position()),
      events: (events) => this.show(events.at(-1)!.position, events),
      checkpoint: (reached) => this.show(reached, []),
      caughtUp: async (head) => {
        if (head) await this.show(head, []);
        this.ready = !this.stopping.signal.aborted;
        this.waiting.wake();
      },
      failed: (error, delay) => {
        this.lastFailure = error;
        this.options.onFailure(error, delay);
      },
    };
  }

  private async show(position: LogPosition, events: readonly RecordedEvent[]): Promise<void> {
    if (this.position && comparePositions(position, this.position) <= 0) return;
    const { signal } = this.stopping;
    while (!(await this.options.progress.reached(position, patience, signal))) if (signal.aborted) return;
    await this.whileStill(async () => {
      this.position = position;
      this.lastFailure = undefined;
      if (events.length > 0) for (const listener of this.listeners) listener(events);
    });
    this.waiting.wake();
  }
}
