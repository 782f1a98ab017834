import type { FlowLogEntry } from '@flowledger/flow-record';

/** The entries of one account that closing windows gave, before fan-out. */
export interface SegmentBatch {
  readonly accountId: string;
  /** Version of the collection plan the entries were made under. */
  readonly planVersion: number;
  /** At most `maxBatchEntries`; may be empty, then only the counts are kept. */
  readonly entries: readonly SegmentEntry[];
  readonly counts: BatchCounts;
  /** The account's batch of this name is written once: again, it gives what was written then, and nothing else happens. */
  readonly name?: string;
  /** Forget, in the same transaction, the account's windows that an unclean end left open: the batch tells of them. */
  readonly settlesUnfinishedWindows?: boolean;
}

export interface SegmentEntry {
  readonly entry: FlowLogEntry;
  /** The flow logs it belongs to; none: counted as unassigned, not stored. */
  readonly flowLogIds: readonly string[];
}

/** Observations: observed = filtered + aggregated + skipped. */
export interface BatchCounts {
  readonly observed: number;
  readonly filtered: number;
  readonly aggregated: number;
  /** By reason. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** What `writeSegment` made durable. */
export interface SegmentInfo {
  /** null: no entry belonged to a flow log, so there is no file. */
  readonly segmentId: number | null;
  readonly accountId: string;
  readonly planVersion: number;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly entries: number;
  readonly bytes: number;
  /** Entries that belonged to no flow log. */
  readonly unassigned: number;
  readonly entriesByFlowLog: Readonly<Record<string, number>>;
}

export const maxBatchEntries = 4_194_304;
