import type { WaitingFlowLog } from '@flowledger/collection-scope';
import { ProjectionRunner } from '@flowledger/event-sourcing';
import { ProcessManagerRuntime, processProjections } from '@flowledger/process-managers';
import type {
  AggregateStore,
  AnyProjection,
  Clock,
  EventStore,
  HeadProbe,
  ReadModelStore,
} from '@flowledger/event-sourcing';
import type { AnyProcessManager, SendCommand } from '@flowledger/process-managers';
import type { CollectionPlan } from '@flowledger/flow-record';
import { PlanKeeper } from './plan-keeper';
import type { CollectionPlans } from './plan-keeper';

export interface WorkerOptions {
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  readonly aggregates: AggregateStore;
  readonly clock: Clock;
  readonly projections: readonly AnyProjection[];
  readonly processes: readonly AnyProcessManager[];
  readonly plans: CollectionPlans;
  /** Looks at the end of the log: what it leaves behind is subscribed again. Its owner starts and stops it. */
  readonly probe?: HeadProbe;
  readonly send: SendCommand;
  readonly acknowledge: (flowLogs: readonly WaitingFlowLog[], plan: CollectionPlan) => Promise<void>;
  readonly onFailure: (what: string, error: unknown, retryInMilliseconds: number) => void;
}

const readModelsBehind = 10_000;

/** Everything that follows the log: read models, process managers, and the plan that the data plane works by. */
export class Worker {
  readonly runner: ProjectionRunner;
  readonly processes: ProcessManagerRuntime;
  readonly planKeeper: PlanKeeper;
  private started = false;
  private stopped = false;

  constructor(private readonly options: WorkerOptions) {
    const { onFailure, processes, ...shared } = options;
    this.runner = new ProjectionRunner({
      ...shared,
      projections: [...options.projections, ...processes.flatMap(({ name }) => processProjections(name))],
      onFailure: (error, delay) => onFailure('projections', error, delay),
    });
    this.planKeeper = new PlanKeeper({
      ...shared,
      runner: this.runner,
      onFailure: (error, delay) => onFailure('collection plan', error, delay),
    });
    this.processes = new ProcessManagerRuntime({
      ...shared,
      processes,
      readModelsReached: async (position) => {
        if (!(await this.runner.reached(position, readModelsBehind)))
          throw new Error('The read models are behind');
      },
      onFailure: (error, delay) => onFailure('process managers', error, delay),
    });
  }

  /** True when the read models and the plan have reached the head that the log had at the start. */
  get ready(): boolean {
    return this.started && this.runner.ready;
  }

  /** What does not work at the moment. */
  get problems(): string[] {
    const failures = {
      projections: this.runner.lastFailure,
      'collection plan': this.planKeeper.lastFailure,
      'process managers': this.processes.lastFailure,
    };
    return Object.entries(failures)
      .filter(([, failure]) => failure !== undefined)
      .map(([name, failure]) => `${name}: ${failure instanceof Error ? failure.message : String(failure)}`);
  }

  async start(): Promise<void> {
    await this.runner.start();
    while (!(await this.runner.untilReady(1_000))) if (this.stopped) return;
    await this.planKeeper.start();
    this.processes.start();
    this.started = true;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.processes.stop();
    await this.planKeeper.stop();
    await this.runner.stop();
  }
}
