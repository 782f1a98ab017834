import type { Clock } from './clock';
import { deterministicId } from './event-ids';
import type { ProcessInput, ProcessTimer } from './process-manager';
import { pendingTimers } from './process-timers.projection';
import { everyAccount } from './read-model-store';
import type { ReadModelStore } from './read-model-store';

type Fire = (process: string, instance: string, input: ProcessInput) => Promise<void>;

const longestTimeout = 2 ** 31 - 1;
const retryAfter = 1_000;

/**
 * Fires the timers of process managers. What is pending stands in a read model; the input that a timer becomes has an
 * id made from the timer, so a timer that fires twice is one step.
 */
export class ProcessTimers {
  private readonly pending = new Map<string, NodeJS.Timeout>();
  private readonly firing = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly readModels: ReadModelStore,
    private readonly clock: Clock,
    private readonly fire: Fire,
    private readonly onFailure: (error: unknown, retryInMilliseconds: number) => void = () => undefined,
  ) {}

  async load(processes: readonly string[]): Promise<void> {
    this.stopped = false;
    let after: string | undefined;
    do {
      const page = await this.readModels.find(pendingTimers, everyAccount, {
        filter: { process: { in: processes } },
        limit: 1_000,
        ...(after && { after }),
      });
      for (const { process, instance, timerId, dueAt, ...cause } of page.items) {
        this.set(process, instance, cause, [{ timerId, dueAt }]);
      }
      after = page.nextCursor ?? undefined;
    } while (after);
  }

  set(
    process: string,
    instance: string,
    cause: Pick<ProcessInput, 'correlationId' | 'accountId' | 'regionId'>,
    timers: readonly ProcessTimer[],
  ): void {
    const { correlationId, accountId, regionId } = cause;
    for (const { timerId, dueAt } of timers) {
      const key = `${process}/${instance}/${timerId}`;
      if (this.pending.has(key)) continue;
      this.schedule(key, Date.parse(dueAt), () =>
        this.fire(process, instance, {
          id: deterministicId(`${key}/fired`),
          type: 'TimerFired',
          data: { timerId },
          at: dueAt,
          correlationId,
          accountId,
          ...(regionId && { regionId }),
        }),
      );
    }
  }

  /** Resolves when what is firing is done; nothing is set or fired afterwards. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timeout of this.pending.values()) clearTimeout(timeout);
    this.pending.clear();
    await Promise.all(this.firing);
  }

  private schedule(key: string, dueAt: number, fire: () => Promise<void>): void {
    if (this.stopped) return;
    const wait = Math.min(longestTimeout, Math.max(0, dueAt - this.clock.epochMilliseconds()));
    const timeout = setTimeout(() => {
      if (this.clock.epochMilliseconds() < dueAt) return this.schedule(key, dueAt, fire);
      const run: Promise<void> = this.fireOnce(key, fire).finally(() => this.firing.delete(run));
      this.firing.add(run);
    }, wait);
    this.pending.set(key, timeout);
  }

  private async fireOnce(key: string, fire: () => Promise<void>): Promise<void> {
    try {
      await fire();
      this.pending.delete(key);
    } catch (error) {
      this.onFailure(error, retryAfter);
      this.schedule(key, this.clock.epochMilliseconds() + retryAfter, fire);
    }
  }
}
