import { performance } from 'node:perf_hooks';
import { SystemClock } from './clock';
import type { Clock } from './clock';
import { reasonOf } from './errors';
import type { RecordedEvent } from './event';
import type { EventStore } from './event-store';
import type { HeldLease } from './held-lease';
import type { WorkReport } from './leases';
import { LogConsumer } from './log-consumer';
import type { ConsumerState, LogConsumerOptions, LogHandler } from './log-consumer';
import { checkFingerprint } from './log-fingerprint';
import { parkedEvents, ParkedSequences, replaysRequested } from './parked-events';
import type { ParkedSequence } from './parked-events';
import { replayParked } from './parked-replay';
import type { ParkedReplay } from './parked-replay';
import { comparePositions, formatPosition } from './positions';
import type { LogPosition } from './positions';
import type { AnyProjection } from './projection';
import { ProjectionFold } from './projection-fold';
import type { Checkpoint, DocumentWrite, ReadModelStore } from './read-model-store';
import { inSegment, segmentConsumer, wholeLog } from './segments';
import type { Segment } from './segments';
import { Waiting } from './waiting';

export interface ProjectionRunnerOptions extends LogConsumerOptions {
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  readonly projections: readonly AnyProjection[];
  readonly segment?: Segment;
  readonly clock?: Clock;
  readonly onFailure?: (error: unknown, retryInMilliseconds: number) => void;
  /**
   * While catching up a commit is made when one of these is reached; after `milliseconds` only if commits have taken no
   * more than a tenth of the time.
   */
  readonly batch?: { readonly events: number; readonly documents: number; readonly milliseconds: number };
}

type Listener = (events: readonly RecordedEvent[]) => void;

const defaultBatch = { events: 1_000_000, documents: 50_000, milliseconds: 2_000 };
/** Events that are kept for the listeners until they are committed. */
const unheardAtMost = 50_000;

/**
 * Folds the log into every read model of the process: one subscription, one checkpoint, so that one position speaks
 * for all of them. Documents and checkpoint are committed together, in batches while catching up and at once when live.
 * An event that cannot be folded is parked with all that follows it for the same document; everything else flows.
 */
export class ProjectionRunner {
  static readonly consumer = 'projections';
  private readonly listeners = new Set<Listener>();
  private readonly waiting = new Waiting();
  private readonly parked = new ParkedSequences();
  private readonly fold: ProjectionFold;
  private readonly logConsumer: LogConsumer;
  private readonly segment: Segment;
  private lease: HeldLease | undefined;
  private checkpoint: Checkpoint | undefined;
  /** Where the events stand that are folded and not committed yet. */
  private uncommitted: Checkpoint | undefined;
  private unheard: RecordedEvent[] = [];
  private uncommittedEvents = 0;
  private handled = 0;
  private startedAt = performance.now();
  private committedAt = 0;
  private commitTook = 0;
  private caughtUpOnce = false;
  private inTurn: Promise<unknown> = Promise.resolve();
  lastFailure: unknown;
  /** How often the event of the checkpoint was no longer in the log: after a scavenge. */
  lastEventsGone = 0;

  constructor(private readonly options: ProjectionRunnerOptions) {
    const { events, readModels, projections, segment = wholeLog, clock = new SystemClock() } = options;
    this.segment = segment;
    this.fold = new ProjectionFold(readModels, projections, this.parked, () => clock.now());
    this.logConsumer = new LogConsumer(events, readModels, this.handler(), options);
  }

  /** Name of its lease and checkpoint. */
  get consumer(): string {
    return segmentConsumer(ProjectionRunner.consumer, this.segment);
  }

  get state(): ConsumerState {
    return this.logConsumer.state;
  }

  /** Position up to which every read model is folded. */
  get position(): LogPosition | undefined {
    return this.checkpoint?.position;
  }

  get parkedCount(): number {
    return this.parked.events;
  }

  /** True from the moment the head that the log had at start was reached. */
  get ready(): boolean {
    return this.caughtUpOnce;
  }

  async start(): Promise<void> {
    await this.options.readModels.define([
      parkedEvents,
      ...this.options.projections.map(({ readModel }) => readModel),
    ]);
    this.startedAt = performance.now();
    this.logConsumer.start();
  }

  stop(): Promise<void> {
    return this.logConsumer.stop();
  }

  /**
   * Called after each commit with the events it covered, from when the end of the log was first reached. The listener must
   * not throw and must return at once.
   */
  onCommitted(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Runs the task between two commits: the read models stand at `position` for as long as it takes. */
  whileStill<T>(task: () => Promise<T>): Promise<T> {
    const run = this.inTurn.then(task);
    this.inTurn = run.catch(() => undefined);
    return run;
  }

  /** Resolves true when the read models have passed `position`, false when they had not within the time. */
  reached(position: LogPosition, timeoutMilliseconds: number): Promise<boolean> {
    return this.waiting.until(
      () => !!this.position && comparePositions(this.position, position) >= 0,
      timeoutMilliseconds,
    );
  }

  untilReady(timeoutMilliseconds: number): Promise<boolean> {
    return this.waiting.until(() => this.ready, timeoutMilliseconds);
  }

  /**
   * Folds the events of a parked sequence again, each in a commit of its own. It stops at the first that fails again.
   * @throws LeaseLost when another process works for these projections
   */
  replayParked(sequence: ParkedSequence): Promise<ParkedReplay> {
    const { events, readModels, projections } = this.options;
    return this.whileStill(async () => {
      const commit = (writes: readonly DocumentWrite[]): Promise<void> => this.store(writes);
      const replay = await replayParked({ events, readModels, projections, commit }, sequence);
      for (let n = 0; n < replay.replayed; n++) this.parked.released(sequence);
      this.fold.clear();
      return replay;
    });
  }

  report(): WorkReport {
    const { generation, denied } = this.logConsumer;
    return {
      ...(this.position && { position: formatPosition(this.position) }),
      ready: this.ready,
      handledEvents: this.handled,
      eventsPerSecond: Math.round(
        this.handled / Math.max(0.001, (performance.now() - this.startedAt) / 1_000),
      ),
      generation,
      denied,
      parkedSequences: this.parked.sequences,
      parkedEvents: this.parked.events,
      lastEventsGone: this.lastEventsGone,
      ...(this.lastFailure !== undefined && { failure: reasonOf(this.lastFailure) }),
    };
  }

  private handler(): LogHandler {
    const { consumer } = this;
    const position = (): LogPosition | undefined => this.position;
    return {
      name: consumer,
      get position() {
        return position();
      },
      resumeAfter: (lease) => this.whileStill(() => this.resumeAfter(consumer, lease)),
      events: (events) => this.whileStill(() => this.apply(events)),
      checkpoint: (reached) => this.whileStill(() => this.moveTo(reached)),
      caughtUp: (head) => this.whileStill(() => this.caughtUp(head)),
      failed: (error, delay) => {
        this.lastFailure = error;
        this.options.onFailure?.(error, delay);
      },
      report: () => {
        void this.replayRequested().catch((error: unknown) => this.options.onFailure?.(error, 0));
        return this.report();
      },
    };
  }

  private async resumeAfter(consumer: string, lease: HeldLease): Promise<LogPosition | undefined> {
    const { events, readModels } = this.options;
    this.lease = lease;
    this.fold.clear();
    this.uncommitted = undefined;
    this.uncommittedEvents = 0;
    this.committedAt = performance.now();
    this.unheard = [];
    this.checkpoint = await readModels.checkpoint(consumer);
    await this.parked.load(readModels);
    if (!this.checkpoint) return undefined;
    if ((await checkFingerprint(consumer, events, this.checkpoint)).lastEventGone) this.lastEventsGone++;
    return this.checkpoint.position;
  }

  private async apply(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    const mine = inSegment(this.segment, events);
    await this.fold.add(mine);
    const handled = mine.at(-1);
    const lastEvent = handled
      ? { id: handled.id, stream: handled.stream, revision: handled.revision, position: handled.position }
      : (this.uncommitted ?? this.checkpoint)?.lastEvent;
    this.uncommitted = { position: last.position, ...(lastEvent && { lastEvent }) };
    this.uncommittedEvents += events.length;
    this.handled += mine.length;
    if (this.listeners.size > 0 && this.caughtUpOnce) this.unheard.push(...mine);
    if (this.state === 'live' || this.batchIsFull()) await this.commit();
  }

  private batchIsFull(): boolean {
    const { events, documents, milliseconds } = this.options.batch ?? defaultBatch;
    return (
      this.uncommittedEvents >= events ||
      this.fold.size >= documents ||
      this.unheard.length >= unheardAtMost ||
      performance.now() - this.committedAt >= Math.max(milliseconds, 9 * this.commitTook)
    );
  }

  private async moveTo(position: LogPosition): Promise<void> {
    this.uncommitted = { ...(this.uncommitted ?? this.checkpoint), position };
    if (this.state === 'live' || this.batchIsFull()) await this.commit();
  }

  private async caughtUp(head: LogPosition | undefined): Promise<void> {
    const { position } = this.uncommitted ?? this.checkpoint ?? {};
    if (head && (!position || comparePositions(position, head) < 0)) await this.moveTo(head);
    await this.commit();
    this.caughtUpOnce = true;
    this.lastFailure = undefined;
    this.waiting.wake();
  }

  /** Listeners first: who waits for a position finds that they know of it. */
  private async commit(): Promise<void> {
    if (!this.uncommitted) return;
    const startedAt = performance.now();
    await this.store(this.fold.take(), this.uncommitted);
    this.checkpoint = this.uncommitted;
    this.uncommitted = undefined;
    this.uncommittedEvents = 0;
    this.committedAt = performance.now();
    this.commitTook = this.committedAt - startedAt;
    this.lastFailure = undefined;
    const heard = this.unheard;
    this.unheard = [];
    if (heard.length > 0) for (const listener of this.listeners) listener(heard);
    this.waiting.wake();
  }

  private async store(writes: readonly DocumentWrite[], checkpoint?: Checkpoint): Promise<void> {
    const { consumer } = this;
    this.lease?.assertHeld();
    await this.options.readModels.commit({ consumer, writes, checkpoint, epoch: this.lease?.epoch });
  }

  private async replayRequested(): Promise<void> {
    if (this.state !== 'live' || this.parked.sequences === 0) return;
    for (const sequence of await replaysRequested(this.options.readModels, 100)) {
      if (this.parked.has(sequence)) await this.replayParked(sequence);
    }
  }
}
