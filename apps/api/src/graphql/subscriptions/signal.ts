const done = { done: true, value: undefined } as const;
const told = { done: false, value: undefined } as const;

/** Raised any number of times while nobody waits, it is told once. Holds no backlog, so it cannot grow. */
export class Signal implements AsyncIterableIterator<void> {
  private raised = false;
  private ended = false;
  private waiting: ((result: IteratorResult<void>) => void)[] = [];

  constructor(private readonly onEnd: () => void) {}

  raise(): void {
    const next = this.waiting.shift();
    if (next) next(told);
    else this.raised = !this.ended;
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.raised = false;
    for (const next of this.waiting.splice(0)) next(done);
    this.onEnd();
  }

  next(): Promise<IteratorResult<void>> {
    if (this.ended) return Promise.resolve(done);
    if (!this.raised) return new Promise((resolve) => this.waiting.push(resolve));
    this.raised = false;
    return Promise.resolve(told);
  }

  return(): Promise<IteratorResult<void>> {
    this.end();
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
