import { CollectionPlanner } from '@flowledger/collection-scope';
import type { WaitingFlowLog } from '@flowledger/collection-scope';
import type { Clock, LogPosition, ProjectionRunner, ReadModelStore } from '@flowledger/event-sourcing';
import type { CollectionPlan } from '@flowledger/flow-record';

/** The way down to the data plane. Resolving is the acknowledgement. */
export abstract class CollectionPlans {
  abstract apply(plan: CollectionPlan): Promise<void>;
}

export interface PlanKeeperOptions {
  readonly runner: ProjectionRunner;
  readonly readModels: ReadModelStore;
  readonly clock: Clock;
  readonly plans: CollectionPlans;
  /** Tells the control plane that the data plane works by a plan that contains these changes. */
  readonly acknowledge: (flowLogs: readonly WaitingFlowLog[], plan: CollectionPlan) => Promise<void>;
  readonly onFailure: (error: unknown, retryInMilliseconds: number) => void;
}

const shortestGap = 20;
const retryAfter = 500;

/**
 * Sends a new collection plan whenever an event changes it, and has it acknowledged. Changes that come while a plan is
 * being applied share the next one, and planning takes at most a tenth of the time, however large the network is.
 */
export class PlanKeeper {
  private readonly planner = new CollectionPlanner();
  private readonly acknowledged = new Map<string, string>();
  private unsubscribe: () => void = () => undefined;
  private dirty = false;
  private working: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: PlanKeeperOptions) {}

  /** Call when the read models are ready and nothing is being written: the planner goes on from where they stand. */
  async start(): Promise<void> {
    const { runner, readModels } = this.options;
    await this.planner.load(readModels, runner.position);
    this.unsubscribe = runner.onCommitted((events) => {
      if (this.planner.apply(events)) this.schedule(0);
    });
    this.dirty = true;
    await this.work();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unsubscribe();
    clearTimeout(this.timer);
    await this.working;
  }

  /** Resolves true once the data plane works by a plan that covers `position`; false when time was up. */
  async covers(position: LogPosition, timeoutMilliseconds: number): Promise<boolean> {
    const giveUpAt = Date.now() + timeoutMilliseconds;
    if (!(await this.options.runner.reached(position, timeoutMilliseconds))) return false;
    while (this.dirty || this.working) {
      if (Date.now() >= giveUpAt) return false;
      clearTimeout(this.timer);
      await this.work();
    }
    return true;
  }

  private schedule(delay: number): void {
    if (this.dirty && this.timer) return;
    this.dirty = true;
    if (this.working || this.stopped) return;
    this.timer = setTimeout(() => void this.work(), delay);
  }

  private work(): Promise<void> {
    this.timer = undefined;
    this.working ??= this.applyPlan().finally(() => {
      this.working = undefined;
    });
    return this.working;
  }

  private async applyPlan(): Promise<void> {
    const startedAt = Date.now();
    try {
      this.dirty = false;
      const plan = this.planner.plan(this.options.clock.now());
      await this.options.plans.apply(plan);
      const waiting = this.planner
        .waiting()
        .filter(({ flowLogId, change }) => this.acknowledged.get(flowLogId) !== change);
      if (waiting.length > 0) await this.options.acknowledge(waiting, plan);
      for (const { flowLogId, change } of waiting) this.acknowledged.set(flowLogId, change);
      if (this.dirty) this.later(Math.max(shortestGap, 9 * (Date.now() - startedAt)));
    } catch (error) {
      this.dirty = true;
      this.options.onFailure(error, retryAfter);
      this.later(retryAfter);
    }
  }

  private later(delay: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.work(), delay);
  }
}
