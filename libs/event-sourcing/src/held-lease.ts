import { performance } from 'node:perf_hooks';
import { LeaseLost } from './leases';
import type { Lease, WorkReport } from './leases';
import type { ReadModelStore } from './read-model-store';

export type Leases = Pick<ReadModelStore, 'claim' | 'extend' | 'release'>;

/**
 * A lease while it is held: extended at a third of its time, with a report of the work. When it cannot be extended in
 * time it counts as lost, whether or not another process has claimed it. Its time is monotonic and measured from before
 * the store was asked, so it ends here before it ends there, in a process that was paused too.
 */
export class HeldLease {
  private readonly losing = new AbortController();
  private readonly timer: NodeJS.Timeout;

  /** @returns undefined when another owner has the consumer */
  static async claim(
    leases: Leases,
    consumer: string,
    owner: string,
    milliseconds: number,
    report: () => WorkReport,
  ): Promise<HeldLease | undefined> {
    const askedAt = performance.now();
    const lease = await leases.claim(consumer, owner, milliseconds);
    return lease && new HeldLease(leases, lease, milliseconds, askedAt + milliseconds, report);
  }

  private constructor(
    private readonly leases: Leases,
    private readonly lease: Lease,
    private readonly milliseconds: number,
    private until: number,
    private readonly report: () => WorkReport,
  ) {
    this.timer = setInterval(() => {
      if (performance.now() >= this.until) this.lose();
      else void this.extend();
    }, milliseconds / 3);
  }

  get epoch(): number {
    return this.lease.epoch;
  }

  /** Aborted when the lease is lost. */
  get signal(): AbortSignal {
    return this.losing.signal;
  }

  /** To be called before an effect that the store's own fence does not guard. @throws LeaseLost */
  assertHeld(): void {
    if (performance.now() >= this.until) this.lose();
    if (this.signal.aborted) throw new LeaseLost(this.lease.consumer, this.lease.epoch);
  }

  /** An extension that is still under way finds the lease given back. */
  async release(): Promise<void> {
    if (this.signal.aborted) return;
    this.lose();
    await this.leases.release(this.lease);
  }

  /** Never rejects: what cannot be extended now may be in a moment, as long as there is time. */
  private async extend(): Promise<void> {
    const askedAt = performance.now();
    try {
      if (await this.leases.extend(this.lease, this.milliseconds, this.report())) {
        this.until = Math.max(this.until, askedAt + this.milliseconds);
      } else this.lose();
    } catch {
      // The next turn of the timer looks at the time.
    }
  }

  private lose(): void {
    clearInterval(this.timer);
    this.losing.abort();
  }
}
