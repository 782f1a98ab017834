import type { PlannedLogstore } from '@flowledger/flow-record';
import type { LedgerRange, LedgerTotals } from './ledger';
import type { LogQuery, LogQueryResult } from './log-query';
import type { LiveWindow, UnfinishedWindow } from './open-windows';
import type { SegmentBatch, SegmentInfo } from './segment-batch';

/** Why entries were counted out of the spool without being delivered. */
export type ExpiryReason = 'FlowLogDeleted' | 'SpoolSize' | 'SpoolAge';

export type DeliveryRefusal = 'LogstoreNotExist' | 'FlowLogNotRegistered';

export interface DeliveryRequest {
  readonly flowLogId: string;
  /** Internal id: the same name created again is another logstore. */
  readonly logstoreId: string;
}

export type DeliveryOutcome =
  | {
      readonly delivered: number;
      readonly segments: number;
      /** More segments wait behind those of this call. */
      readonly more: boolean;
    }
  | { readonly refused: DeliveryRefusal };

/** Gauges of one flow log. delivered + spooled + expired = all entries ever stored for it. */
export interface SpoolGauges {
  readonly storedEntries: number;
  readonly spooledEntries: number;
  /** Its share of the segments, by number of entries. */
  readonly spooledBytes: number;
  /** ISO 8601 of the earliest entry that waits. */
  readonly oldestWindow: string | null;
  readonly deliveredEntries: number;
  readonly expired: Readonly<Record<string, number>>;
}

export interface StoreUsage {
  readonly segments: number;
  /** Segments and manifest. */
  readonly bytes: number;
  /** At the write rate of the last hour, up to the whole disk; null until an hour is known or nothing was written. */
  readonly daysOfDiskLeft: number | null;
}

export interface RetentionOutcome {
  readonly references: number;
  readonly segments: number;
  readonly bytes: number;
}

/**
 * Where entries live between the window's close and the end of their retention. Writing a segment is the point of
 * no loss; delivery only refers to it, exactly once per (logstore, segment, flow log), together with the flow log's
 * cursor. Throws StorageFull when there is no room: nothing of that call stays, and it may be repeated.
 */
export abstract class LogStore {
  /** Idempotent. A cursor starts here: what was stored earlier is not delivered. */
  abstract registerFlowLog(flowLogId: string, accountId: string): void;

  /** Resolves once the batch survives a power cut. A flow log that is not registered yet begins with this segment. */
  abstract writeSegment(batch: SegmentBatch): Promise<SegmentInfo>;

  /** Moves the flow log's cursor over up to `maxSegments` (64) segments that hold entries for it, oldest first. */
  abstract deliverNext(flowLogId: string, logstoreId: string, maxSegments?: number): DeliveryOutcome;

  /** `deliverNext` for many flow logs in one commit; outcomes in the order of the requests. */
  abstract deliverMany(requests: readonly DeliveryRequest[], maxSegments?: number): DeliveryOutcome[];

  /** Moves the cursor to the end, counts what it skips, and returns how many entries that were. */
  abstract expire(flowLogId: string, reason: ExpiryReason): number;

  /** Applies the spool's age and size, oldest first; returns the entries expired by flow log and reason. */
  abstract enforceSpoolBounds(): { flowLogId: string; reason: ExpiryReason; entries: number }[];

  /** Takes over unknown logstores and their ttl; drops the entries of those said to be deleted, never by absence. */
  abstract reconcile(logstores: readonly PlannedLogstore[]): void;

  /** Ends references by their receive time (DD-18; ttl 3650 = for ever), removes files that nobody needs. */
  abstract applyRetention(): Promise<RetentionOutcome>;

  abstract spool(flowLogId: string): SpoolGauges;
  abstract usage(): Promise<StoreUsage>;

  /** Ascending `__time__` (DD-17), ties in the order of storing, so pages by `offset` neither repeat nor miss. */
  abstract query(logstoreId: string, query: LogQuery): Promise<LogQueryResult>;

  /** Sums over batches received in the range. */
  abstract ledger(range: LedgerRange): LedgerTotals;

  /** Which windows are open now, one an interface; replaces what was said of the same interface. */
  abstract markLive(windows: readonly LiveWindow[]): void;

  /** The end was clean: no window is open. */
  abstract markClean(): void;

  /**
   * Windows that were open when the last process died; empty after a clean stop. They are told of again at the next
   * start until a batch of the account `settlesUnfinishedWindows`.
   */
  abstract takeUnfinishedWindows(): UnfinishedWindow[];

  abstract close(): Promise<void>;
}
