import { setTimeout as pause } from 'node:timers/promises';
import { ProjectionRunner } from '@flowledger/event-sourcing';
import type { ProjectionRunnerOptions } from '@flowledger/event-sourcing';
import { tallies, tallyOf } from '../children/tally-projection';
import type { Tally } from '../children/tally-projection';
import { afterThisTest } from '../frame/clean-up';
import type { Stores } from './stores';

export { tallies, tallyOf };
export type { Tally };

/** Milliseconds; far more than anything here needs on a busy machine. */
const patience = 30_000;

export const account = '1000000000000001';

/** The projection runner of the product, folding tallies; stopped after the test. */
export class RunningTally {
  readonly failures: unknown[] = [];
  readonly runner: ProjectionRunner;

  private constructor(
    private readonly stores: Stores,
    options: Partial<ProjectionRunnerOptions>,
  ) {
    this.runner = new ProjectionRunner({
      events: stores.events,
      readModels: stores.readModels,
      projections: [tallyOf(stores.category)],
      onFailure: (error) => void this.failures.push(error),
      backOff: { firstMilliseconds: 5, longestMilliseconds: 100 },
      ...options,
    });
  }

  static async start(stores: Stores, options: Partial<ProjectionRunnerOptions> = {}): Promise<RunningTally> {
    const running = new RunningTally(stores, options);
    afterThisTest(() => running.runner.stop());
    await running.runner.start();
    return running;
  }

  async ready(): Promise<void> {
    if (!(await this.runner.untilReady(patience))) this.giveUp('not ready');
  }

  /** Once the log as it is now is folded. */
  async upToDate(milliseconds = patience): Promise<void> {
    const head = await this.stores.events.head();
    if (head && !(await this.runner.reached(head, milliseconds))) this.giveUp('the head was not reached');
  }

  /** Once so many events of the stream are folded, or more. */
  async counted(stream: string, count: number): Promise<void> {
    const giveUpAt = Date.now() + patience;
    while (((await this.of(stream))?.count ?? 0) < count) {
      if (Date.now() > giveUpAt) this.giveUp(`${count} events of ${stream} were not folded`);
      await pause(20);
    }
  }

  async of(stream: string): Promise<Tally | undefined> {
    return this.stores.readModels.get(tallies, account, stream);
  }

  stop(): Promise<void> {
    return this.runner.stop();
  }

  private giveUp(what: string): never {
    const why = [...new Set(this.failures.map(String))].slice(0, 3).join('; ') || 'none';
    throw new Error(`${what} within ${patience} ms; failures: ${why}`);
  }
}
