export interface RecurringTask {
  readonly everyMilliseconds: number;
  readonly task: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Runs tasks again and again, each never twice at once; a failure is told and the next turn comes. */
export class Schedule {
  private readonly timers: NodeJS.Timeout[];
  private readonly running = new Set<Promise<void>>();

  constructor(tasks: readonly RecurringTask[]) {
    this.timers = tasks.map((recurring) => {
      let busy = false;
      return setInterval(() => {
        if (busy) return;
        busy = true;
        const run: Promise<void> = Promise.resolve()
          .then(recurring.task)
          .catch(recurring.onFailure)
          .finally(() => {
            busy = false;
            this.running.delete(run);
          });
        this.running.add(run);
      }, recurring.everyMilliseconds);
    });
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running);
  }
}
