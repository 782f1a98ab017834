import { CollectionPlanner } from '@flowledger/collection-scope';
import type { WaitingFlowLog } from '@flowledger/collection-scope';
import { comparePositions, sleep } from '@flowledger/event-sourcing';
import type { Clock, LogPosition, ProjectionRunner, ReadModelStore } from '@flowledger/event-sourcing';
import type { CollectionPlan } from '@flowledger/flow-record';

/** The way down to the data plane. Resolving is the acknowledgement. */
export abstract class CollectionPlans {
  abstract apply(plan: CollectionPlan): Promise<void>;
}

export interface PlanKeeperOptions {
  /** What it follows: the log as far as the read models have passed it, in this process or in others. */
  readonly log: Pick<ProjectionRunner, 'position' | 'reached' | 'onCommitted' | 'whileStill'>;
  readonly readModels: ReadModelStore;
  readonly clock: Clock;
  readonly plans: CollectionPlans;
  /**
   * Tells the control plane that the data plane works by a plan that contains these changes. @returns flow logs that had
   * waited for it: a change that is newer than the plan's position is acknowledged with a later plan
   */
  readonly acknowledge: (
    flowLogs: readonly WaitingFlowLog[],
    plan: CollectionPlan,
  ) => Promise<readonly string[]>;
  readonly onFailure: (error: unknown, retryInMilliseconds: number) => void;
}

const shortestGap = 20;
/** A process that was paused in the middle of a plan must not pay for it nine times. */
const longestGap = 1_000;
const retryAfter = 500;

/**
 * Sends a new collection plan whenever an event changes it, and has it acknowledged. Changes that come while a plan is
 * being applied share the next one, and planning takes a tenth of the time as far as a pause of a second allows.
 */
export class PlanKeeper {
  private readonly planner = new CollectionPlanner();
  private readonly acknowledged = new Map<string, string>();
  private unsubscribe: () => void = () => undefined;
  private dirty = false;
  private working: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  /** Position that the plan in force covers. */
  private covered: LogPosition | undefined;
  /** What keeps the plan from being applied at the moment. */
  lastFailure: unknown;

  constructor(private readonly options: PlanKeeperOptions) {}

  /** Call when the read models are ready: the planner goes on from where they stand. */
  async start(): Promise<void> {
    const { log, readModels } = this.options;
    await log.whileStill(async () => {
      await this.planner.load(readModels, log.position);
      this.unsubscribe = log.onCommitted((events) => {
        if (this.planner.apply(events)) this.changed();
      });
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
    const giveUpAt = performance.now() + timeoutMilliseconds;
    if (!(await this.options.log.reached(position, timeoutMilliseconds))) return false;
    while (!this.coversNow(position)) {
      const left = giveUpAt - performance.now();
      if (left <= 0 || this.stopped) return false;
      await this.progress(left);
    }
    return true;
  }

  private coversNow(position: LogPosition): boolean {
    if (!this.dirty && !this.working) return true;
    return !!this.covered && comparePositions(this.covered, position) >= 0;
  }

  /** Hurries the next plan, unless the last one failed: then its retry is waited for. */
  private async progress(longest: number): Promise<void> {
    const over = new AbortController();
    const turn = this.lastFailure && !this.working ? sleep(shortestGap, over.signal) : this.work();
    await Promise.race([turn, sleep(longest, over.signal)]);
    over.abort();
  }

  private changed(): void {
    this.dirty = true;
    if (!this.working && !this.timer) this.later(0);
  }

  private work(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.working ??= this.applyPlan().then((gap) => {
      this.working = undefined;
      if (this.dirty) this.later(gap);
    });
    return this.working;
  }

  /** Never rejects. Durations are monotonic: a clock that jumps must not put the next plan off. @returns milliseconds to wait before the next plan */
  private async applyPlan(): Promise<number> {
    const startedAt = performance.now();
    const { position } = this.options.log;
    try {
      this.dirty = false;
      const plan = this.planner.plan(this.options.clock.now());
      await this.options.plans.apply(plan);
      const waiting = this.planner
        .waiting()
        .filter(({ flowLogId, change }) => this.acknowledged.get(flowLogId) !== change);
      const done = new Set(waiting.length > 0 ? await this.options.acknowledge(waiting, plan) : []);
      for (const { flowLogId, change } of waiting) {
        if (done.has(flowLogId)) this.acknowledged.set(flowLogId, change);
      }
      this.covered = position;
      this.lastFailure = undefined;
      return Math.min(longestGap, Math.max(shortestGap, 9 * (performance.now() - startedAt)));
    } catch (error) {
      this.dirty = true;
      this.lastFailure = error;
      this.options.onFailure(error, retryAfter);
      return retryAfter;
    }
  }

  private later(delay: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.work(), delay);
  }
}
