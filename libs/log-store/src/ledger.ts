import type { Manifest } from './manifest';
import type { BatchCounts, SegmentBatch } from './segment-batch';

/** Receive times in Unix seconds, `from` inclusive, `to` exclusive. */
export interface LedgerRange {
  readonly from: number;
  readonly to: number;
  /** All accounts when absent. */
  readonly accountId?: string;
}

/** observed = filtered + aggregated + skipped (observations); entries = stored + unassigned. */
export interface LedgerTotals extends BatchCounts {
  readonly batches: number;
  readonly storedEntries: number;
  readonly unassignedEntries: number;
}

type Row = Omit<LedgerTotals, 'skipped' | 'batches'> & { skipped: string };

/** The completeness ledger: one line a batch, kept when the segment is gone. */
export class Ledger {
  constructor(private readonly manifest: Manifest) {}

  record(batch: SegmentBatch, segmentId: number | null, receivedAt: number, stored: number): void {
    const { observed, filtered, aggregated, skipped } = batch.counts;
    this.manifest.run(
      `INSERT INTO ledger (account_id, segment_id, plan_version, received_at, observed, filtered, aggregated, skipped,
         stored_entries, unassigned_entries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      batch.accountId,
      segmentId,
      batch.planVersion,
      receivedAt,
      observed,
      filtered,
      aggregated,
      JSON.stringify(skipped),
      stored,
      batch.entries.length - stored,
    );
  }

  totals({ from, to, accountId }: LedgerRange): LedgerTotals {
    const rows = this.manifest.all<Row>(
      `SELECT observed, filtered, aggregated, skipped, stored_entries AS storedEntries,
              unassigned_entries AS unassignedEntries
       FROM ledger WHERE received_at >= ? AND received_at < ? AND account_id = coalesce(?, account_id)`,
      from * 1000,
      to * 1000,
      accountId ?? null,
    );
    const skipped: Record<string, number> = {};
    for (const row of rows)
      for (const [reason, count] of Object.entries(JSON.parse(row.skipped) as Record<string, number>))
        skipped[reason] = (skipped[reason] ?? 0) + count;
    const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
    return {
      batches: rows.length,
      observed: sum((row) => row.observed),
      filtered: sum((row) => row.filtered),
      aggregated: sum((row) => row.aggregated),
      skipped,
      storedEntries: sum((row) => row.storedEntries),
      unassignedEntries: sum((row) => row.unassignedEntries),
    };
  }
}
