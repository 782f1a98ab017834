import { reasonOf, sleep } from '@flowledger/event-sourcing';
import type {
  AggregateStore,
  AnyProjection,
  Clock,
  EventStore,
  LogConsumerOptions,
  LogPosition,
  ProjectionRunner,
  ReadModelStore,
} from '@flowledger/event-sourcing';
import { ProcessManagerRuntime, processProjections } from '@flowledger/process-managers';
import type { AnyProcessManager, SendCommand } from '@flowledger/process-managers';
import { ProjectionGenerations } from '@flowledger/projection-generations';
import type { GenerationView } from '@flowledger/projection-generations';
import type { VisibleLog } from './read-model-follower';
import type { ReadModelProgress } from './read-model-progress';
import { ServingLog } from './serving-log';

export interface WorkerOptions extends Pick<LogConsumerOptions, 'owner' | 'leaseMilliseconds' | 'probe'> {
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  /** The same store as those see it who query it. */
  readonly serving: GenerationView;
  readonly aggregates: AggregateStore;
  readonly clock: Clock;
  readonly projections: readonly AnyProjection[];
  readonly processes: readonly AnyProcessManager[];
  /** Shares of the accounts that different workers can work for: the same number in every process. */
  readonly segments: number;
  readonly progress: ReadModelProgress;
  /** After the first segment that it got; doubled after each. 0 where no other worker is expected. */
  readonly claimPauseMilliseconds: number;
  readonly send: SendCommand;
  readonly onFailure: (what: string, error: unknown, retryInMilliseconds: number) => void;
}

const readModelsBehind = 10_000;
const retryAfter = 200;

/**
 * Everything that folds the log and acts on it: for each segment a runner of the projections and one of the process
 * managers, each under its own lease. Several workers may run: what one does not hold another does.
 */
export class Worker {
  /** The read models' builds: one serves, others may be made beside it. */
  readonly generations: ProjectionGenerations;
  /** What the serving read models have passed. */
  readonly log: VisibleLog;
  readonly processes: readonly ProcessManagerRuntime[];
  private readonly stopping = new AbortController();
  private caughtUpOnce = false;

  constructor(private readonly options: WorkerOptions) {
    const { onFailure, processes, segments, progress, readModels, serving, ...shared } = options;
    const shares = Array.from({ length: segments }, (_, index) => ({ index, of: segments }));
    this.generations = new ProjectionGenerations({
      ...shared,
      readModels,
      serving,
      segments,
      projections: [...options.projections, ...processes.flatMap(({ name }) => processProjections(name))],
      begin: (runners) => this.claimSegments(runners),
      onFailure: (error, delay) => onFailure('projections', error, delay),
    });
    this.generations.onCommitted(() => progress.stir());
    this.log = new ServingLog(this, this.generations);
    this.processes = shares.map(
      (segment) =>
        new ProcessManagerRuntime({
          ...shared,
          readModels: serving,
          processes,
          segment,
          readModelsReached: async (position) => {
            if (!(await this.reached(position, readModelsBehind)))
              throw new Error('The read models are behind');
          },
          onFailure: (error, delay) => onFailure('process managers', error, delay),
        }),
    );
  }

  /** Of the generation that serves, one a segment. */
  get runners(): readonly ProjectionRunner[] {
    return this.generations.runners;
  }

  /** True once the read models have reached the head that the log had at the start, whoever folded them. */
  get ready(): boolean {
    return this.caughtUpOnce;
  }

  /** What does not work at the moment. */
  get problems(): string[] {
    const failing = (name: string, parts: readonly { readonly lastFailure: unknown }[]): string[] =>
      parts
        .filter(({ lastFailure }) => lastFailure !== undefined)
        .map(({ lastFailure }) => `${name}: ${reasonOf(lastFailure)}`);
    return [...failing('projections', this.runners), ...failing('process managers', this.processes)];
  }

  /** Segments whose read models this process folds at the moment. */
  get heldSegments(): number {
    return this.runners.filter(isWorking).length;
  }

  /** Resolves when it is ready, or has been stopped. */
  async start(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted && !(await this.begun(() => this.generations.start())))
      await sleep(retryAfter, signal);
    while (!signal.aborted && !this.caughtUpOnce) this.caughtUpOnce = await this.caughtUp();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.processes.map((processes) => processes.stop()));
    await this.generations.stop();
  }

  /** Resolves true when the read models have passed `position`; where this process folds all of them it is known here. */
  reached(position: LogPosition, timeoutMilliseconds: number): Promise<boolean> {
    const [runner] = this.runners;
    if (runner && this.runners.length === 1 && isWorking(runner))
      return runner.reached(position, timeoutMilliseconds);
    return this.options.progress.reached(position, timeoutMilliseconds, this.stopping.signal);
  }

  private async caughtUp(): Promise<boolean> {
    try {
      const head = await this.options.events.head();
      return !head || (await this.reached(head, 1_000));
    } catch (error) {
      this.options.onFailure('starting', error, retryAfter);
      await sleep(retryAfter, this.stopping.signal);
      return false;
    }
  }

  /**
   * One segment after the other, and after each that it got it waits longer: workers that start together get about the
   * same number. A segment that another worker holds costs no time; this one stands by for the other's end.
   */
  private async claimSegments(runners: readonly ProjectionRunner[]): Promise<void> {
    const { signal } = this.stopping;
    let pause = this.options.claimPauseMilliseconds;
    for (const [index, runner] of runners.entries()) {
      while (!signal.aborted && !(await this.begun(() => runner.start()))) await sleep(retryAfter, signal);
      while (!signal.aborted && isUndecided(runner)) await sleep(5, signal);
      if (signal.aborted) return;
      this.processes[index]!.start();
      if (runner.state === 'standing-by' || index + 1 === runners.length) continue;
      await sleep(pause, signal);
      pause *= 2;
    }
  }

  /** Starting before the store is a normal state. */
  private async begun(start: () => Promise<void>): Promise<boolean> {
    try {
      await start();
      return true;
    } catch (error) {
      this.options.onFailure('projections', error, retryAfter);
      return false;
    }
  }
}

const isWorking = ({ state }: ProjectionRunner): boolean => state === 'catching-up' || state === 'live';
const isUndecided = ({ state }: ProjectionRunner): boolean => state === 'connecting' || state === 'stopped';
