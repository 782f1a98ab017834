import { deterministicId, everyAccount, segmentOf, wholeLog } from '@flowledger/event-sourcing';
import type { Clock, ProcessInput, ProcessTimer, ReadModelStore, Segment } from '@flowledger/event-sourcing';
import { pendingTimers } from './process-timers.projection';
import { Timeouts } from './timeouts';

type Fire = (process: string, instance: string, input: ProcessInput) => Promise<void>;

/**
 * Fires the timers of process managers. What is pending stands in a read model; the input that a timer becomes has an
 * id made from the timer, so a timer that fires twice is one step.
 */
export class ProcessTimers {
  private readonly timeouts: Timeouts;

  constructor(
    private readonly readModels: ReadModelStore,
    clock: Clock,
    private readonly fire: Fire,
    onFailure: (error: unknown, retryInMilliseconds: number) => void = () => undefined,
    private readonly segment: Segment = wholeLog,
  ) {
    this.timeouts = new Timeouts(clock, onFailure);
  }

  async load(processes: readonly string[]): Promise<void> {
    this.timeouts.start();
    let after: string | undefined;
    do {
      const page = await this.readModels.find(pendingTimers, everyAccount, {
        filter: { process: { in: processes } },
        limit: 1_000,
        ...(after && { after }),
      });
      for (const { process, instance, timerId, dueAt, ...cause } of page.items) {
        if (segmentOf(cause.accountId, this.segment.of) !== this.segment.index) continue;
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
      if (this.timeouts.has(key)) continue;
      this.timeouts.set(key, Date.parse(dueAt), () =>
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
  stop(): Promise<void> {
    return this.timeouts.stop();
  }
}
