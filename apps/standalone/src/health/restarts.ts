const hour = 3_600_000;

interface Seen {
  readonly at: number;
  readonly owner: string | undefined;
  readonly generation: number;
}

/** How often the subscription of each consumer was begun again within the last hour, as far as this process saw. */
export class Restarts {
  private readonly seen = new Map<string, Seen>();
  private readonly restarts = new Map<string, number[]>();

  constructor(private readonly now: () => number) {}

  saw(consumer: string, owner: string | undefined, generation: number): void {
    const before = this.seen.get(consumer);
    this.seen.set(consumer, { at: this.now(), owner, generation });
    if (!before) return;
    const sameOwner = owner === before.owner && generation >= before.generation;
    const restarts = sameOwner ? generation - before.generation : Math.max(1, generation);
    if (restarts === 0) return;
    const times = this.restarts.get(consumer) ?? [];
    times.push(...Array.from({ length: Math.min(restarts, 1_000) }, () => this.now()));
    this.restarts.set(consumer, times.slice(-1_000));
  }

  inLastHour(consumer: string): number {
    const since = this.now() - hour;
    return (this.restarts.get(consumer) ?? []).filter((at) => at >= since).length;
  }
}
