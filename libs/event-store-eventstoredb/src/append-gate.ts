import { EventStoreUnavailable } from '@flowledger/event-sourcing';

/** More appends wait than the process is willing to keep: nothing was sent. */
export class TooManyAppends extends EventStoreUnavailable {
  constructor(readonly waiting: number) {
    super(`${waiting} appends are waiting for EventStoreDB already; nothing was sent, try again later`);
    this.name = 'TooManyAppends';
  }
}

/** At most so many appends at once on the connection, and so many more in a queue, first come first served. */
export class AppendGate {
  private inside = 0;
  private readonly queue: (() => void)[] = [];
  private head = 0;

  constructor(
    private readonly maxInFlight: number,
    private readonly maxWaiting: number,
  ) {}

  get inFlight(): number {
    return this.inside;
  }

  get waiting(): number {
    return this.queue.length - this.head;
  }

  /** @throws TooManyAppends */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside < this.maxInFlight) this.inside++;
    else await this.turn();
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private turn(): Promise<void> {
    if (this.waiting >= this.maxWaiting) throw new TooManyAppends(this.waiting);
    return new Promise((resolve) => this.queue.push(resolve));
  }

  /** Hands the place on, or gives it up. */
  private next(): void {
    const waiter = this.queue[this.head];
    if (!waiter) {
      this.inside--;
      return;
    }
    this.head++;
    // A queue of thousands is emptied without moving the rest at every step.
    if (this.head > 1_024 || this.head === this.queue.length) {
      this.queue.splice(0, this.head);
      this.head = 0;
    }
    waiter();
  }
}
