import { performance } from 'node:perf_hooks';
import type { Lease } from '@flowledger/event-sourcing';

/**
 * Who in this process works for which consumer. The file belongs to one process, which the operating system sees to, so
 * a lease need not outlive it: after a kill the next process claims at once. Time is monotonic: no clock jump ends a lease.
 */
export class ProcessLeases {
  private readonly held = new Map<string, { readonly lease: Lease; until: number }>();

  /** The lease in force, with the milliseconds it has left. */
  current(consumer: string): { lease: Lease; left: number } | undefined {
    const held = this.held.get(consumer);
    const left = held ? held.until - performance.now() : 0;
    return held && left > 0 ? { lease: held.lease, left } : undefined;
  }

  grant(lease: Lease, milliseconds: number): void {
    this.held.set(lease.consumer, { lease, until: performance.now() + milliseconds });
  }

  holds({ consumer, owner, epoch }: Lease): boolean {
    const { lease } = this.held.get(consumer) ?? {};
    return lease?.owner === owner && lease.epoch === epoch;
  }

  end(consumer: string): void {
    this.held.delete(consumer);
  }
}
