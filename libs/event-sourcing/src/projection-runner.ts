import type { RecordedEvent } from './event';
import type { EventStore } from './event-store';
import { LogConsumer } from './log-consumer';
import type { BackOff, ConsumerState, LogHandler } from './log-consumer';
import { comparePositions, formatPosition } from './positions';
import type { LogPosition } from './positions';
import { concerns } from './projection';
import type { AnyProjection } from './projection';
import type { Checkpoint, DocumentWrite, ReadModelStore } from './read-model-store';

export interface ProjectionRunnerOptions {
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  readonly projections: readonly AnyProjection[];
  readonly onFailure?: (error: unknown, retryInMilliseconds: number) => void;
  readonly backOff?: BackOff;
}

/** The log is shorter than what the read models have already seen: it was restored, or it is another log. */
export class LogWentBack extends Error {
  constructor(checkpoint: LogPosition, head: LogPosition | undefined) {
    super(
      `The read models have seen position ${formatPosition(checkpoint)} but the log ends at ` +
        `${head ? formatPosition(head) : 'its beginning'}: it was restored or replaced. Rebuild the read models`,
    );
    this.name = 'LogWentBack';
  }
}

/**
 * Folds the log into every read model of the process: one subscription, one checkpoint, so that one position speaks
 * for all of them. Documents and checkpoint are committed together, page by page while catching up and at once when live.
 */
export class ProjectionRunner {
  private static readonly consumer = 'projections';
  private readonly listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  private readonly waiting = new Set<() => void>();
  private readonly logConsumer: LogConsumer;
  private checkpoint: Checkpoint | undefined;
  private caughtUpOnce = false;
  private inTurn: Promise<unknown> = Promise.resolve();
  lastFailure: unknown;

  constructor(private readonly options: ProjectionRunnerOptions) {
    const handler: LogHandler = {
      name: ProjectionRunner.consumer,
      resumeAfter: () => this.resumeAfter(),
      events: (events) => this.whileStill(() => this.apply(events)),
      checkpoint: (position) => this.whileStill(() => this.advance([], { ...this.checkpoint, position })),
      caughtUp: (head) => this.whileStill(() => this.caughtUp(head)),
      failed: (error, delay) => {
        this.lastFailure = error;
        options.onFailure?.(error, delay);
      },
    };
    this.logConsumer = new LogConsumer(options.events, handler, options.backOff);
  }

  get state(): ConsumerState {
    return this.logConsumer.state;
  }

  /** Position up to which every read model is folded. */
  get position(): LogPosition | undefined {
    return this.checkpoint?.position;
  }

  /** True from the moment the head that the log had at start was reached. */
  get ready(): boolean {
    return this.caughtUpOnce;
  }

  async start(): Promise<void> {
    await this.options.readModels.define(this.options.projections.map(({ readModel }) => readModel));
    this.logConsumer.start();
  }

  stop(): Promise<void> {
    return this.logConsumer.stop();
  }

  /** Called after each commit with the events it covered. The listener must not throw and must return at once. */
  onCommitted(listener: (events: readonly RecordedEvent[]) => void): () => void {
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
    return this.until(
      () => !!this.position && comparePositions(this.position, position) >= 0,
      timeoutMilliseconds,
    );
  }

  untilReady(timeoutMilliseconds: number): Promise<boolean> {
    return this.until(() => this.ready, timeoutMilliseconds);
  }

  private until(condition: () => boolean, timeoutMilliseconds: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.waiting.delete(check);
        resolve(reached);
      };
      const check = (): void => {
        if (condition()) settle(true);
      };
      const timer = setTimeout(() => settle(false), timeoutMilliseconds);
      this.waiting.add(check);
    });
  }

  private async resumeAfter(): Promise<LogPosition | undefined> {
    this.checkpoint = await this.options.readModels.checkpoint(ProjectionRunner.consumer);
    if (!this.checkpoint) return undefined;
    const head = await this.options.events.head();
    if (!head || comparePositions(head, this.checkpoint.position) < 0) {
      throw new LogWentBack(this.checkpoint.position, head);
    }
    return this.checkpoint.position;
  }

  private async apply(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    const writes = await this.fold(events);
    const { id, stream, revision, position } = last;
    const lastEvent = { id, stream, revision, position };
    await this.advance(writes, { position, lastEvent }, events);
  }

  private async fold(events: readonly RecordedEvent[]): Promise<DocumentWrite[]> {
    const steps = events.flatMap((event) =>
      this.options.projections
        .filter((projection) => concerns(projection, event))
        .flatMap((projection) =>
          [projection.documentIds(event) ?? []]
            .flat()
            .map((id) => ({ event, projection, id, key: keyOf(projection, event, id) })),
        ),
    );
    const documents = new Map<string, DocumentWrite>();
    const wanted = [...new Map(steps.map((step) => [step.key, step])).values()];
    const stored = await this.options.readModels.getMany(
      wanted.map(({ projection, event, id }) => ({
        readModel: projection.readModel,
        accountId: event.metadata.accountId,
        id,
      })),
    );
    const before = new Map(wanted.map(({ key }, index) => [key, stored[index]?.position]));
    const current = new Map(wanted.map(({ key }, index) => [key, stored[index]?.document]));
    for (const { event, projection, id, key } of steps) {
      const folded = before.get(key);
      // A crash between documents and checkpoint, where the store has no transactions: folded already.
      if (folded && comparePositions(event.position, folded) <= 0) continue;
      const document = projection.evolve(current.get(key), event, id);
      current.set(key, document);
      documents.set(key, {
        readModel: projection.readModel,
        accountId: event.metadata.accountId,
        id,
        document,
        position: event.position,
      });
    }
    return [...documents.values()];
  }

  /** Listeners first: who waits for a position finds that they know of it. */
  private async advance(
    writes: readonly DocumentWrite[],
    checkpoint: Checkpoint,
    events: readonly RecordedEvent[] = [],
  ): Promise<void> {
    await this.options.readModels.commit({ consumer: ProjectionRunner.consumer, writes, checkpoint });
    this.checkpoint = checkpoint;
    this.lastFailure = undefined;
    if (events.length > 0) for (const listener of this.listeners) listener(events);
    this.wake();
  }

  private async caughtUp(head: LogPosition | undefined): Promise<void> {
    if (head && (!this.position || comparePositions(this.position, head) < 0)) {
      await this.advance([], { ...this.checkpoint, position: head });
    }
    this.caughtUpOnce = true;
    this.lastFailure = undefined;
    this.wake();
  }

  private wake(): void {
    for (const check of [...this.waiting]) check();
  }
}

const keyOf = ({ readModel }: AnyProjection, { metadata }: RecordedEvent, id: string): string =>
  JSON.stringify([readModel.name, metadata.accountId, id]);
