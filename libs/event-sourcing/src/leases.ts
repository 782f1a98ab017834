import type { Checkpoint } from './read-model-store';

/**
 * The right of one process to work for a consumer of the log. Each claim raises the epoch; what is committed under an
 * older one is refused, so an owner that was paused and replaced writes nothing (a fencing token).
 */
export interface Lease {
  readonly consumer: string;
  readonly owner: string;
  readonly epoch: number;
}

/** Another process has claimed the consumer since. Stop working for it at once. */
export class LeaseLost extends Error {
  constructor(
    readonly consumer: string,
    readonly epoch: number,
  ) {
    super(`The lease of ${consumer} (epoch ${epoch}) was lost: another process works for it now`);
    this.name = 'LeaseLost';
  }
}

/** What an owner says of its work each time it extends its lease. Plain JSON, at most a few kilobytes. */
export type WorkReport = Readonly<Record<string, unknown>>;

/** A consumer as every process can see it. */
export interface ConsumerRecord {
  readonly consumer: string;
  readonly checkpoint?: Checkpoint;
  /** Absent while nobody holds it. */
  readonly lease?: Lease & { readonly expiresInMilliseconds: number };
  /** The last one; it outlives its author. */
  readonly report?: WorkReport;
}
