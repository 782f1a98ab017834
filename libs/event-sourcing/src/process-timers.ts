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

  constructor(
    private readonly readModels: ReadModelStore,
    private readonly clock: Clock,
    private readonly fire: Fire,
  ) {}

  async load(processes: readonly string[]): Promise<void> {
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

  stop(): void {
    for (const timeout of this.pending.values()) clearTimeout(timeout);
    this.pending.clear();
  }

  private schedule(key: string, dueAt: number, fire: () => Promise<void>): void {
    const wait = Math.min(longestTimeout, Math.max(0, dueAt - this.clock.epochMilliseconds()));
    const timeout = setTimeout(() => {
      if (this.clock.epochMilliseconds() < dueAt) return this.schedule(key, dueAt, fire);
      fire().then(
        () => this.pending.delete(key),
        () => this.pending.has(key) && this.schedule(key, this.clock.epochMilliseconds() + retryAfter, fire),
      );
    }, wait);
    this.pending.set(key, timeout);
  }
}
