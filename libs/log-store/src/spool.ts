import type { Clock } from '@flowledger/event-sourcing';
import type { ExpiryReason, SpoolGauges } from './log-store';
import type { Manifest } from './manifest';

export interface SpoolLimits {
  /** Segments that wait for a flow log count whole. */
  readonly spoolBytes: number;
  readonly spoolAgeSeconds: number;
}

export interface Expiry {
  readonly flowLogId: string;
  readonly reason: ExpiryReason;
  readonly entries: number;
}

/** Entries that wait: the members beyond their flow log's cursor. CROSS makes SQLite start from the cursors, not from all members. */
const waiting = 'flow_log f CROSS JOIN member m ON m.flow_log_id = f.flow_log_id AND m.segment_id > f.cursor';

/** What waits for each flow log, and the bounds on it. */
export class Spool {
  constructor(
    private readonly manifest: Manifest,
    private readonly clock: Clock,
    private readonly limits: SpoolLimits,
  ) {}

  register(flowLogId: string, accountId: string, cursor = this.manifest.lastSegmentId()): void {
    this.manifest.run(
      'INSERT INTO flow_log (flow_log_id, account_id, cursor) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      flowLogId,
      accountId,
      cursor,
    );
  }

  gauges(flowLogId: string): SpoolGauges {
    const counts = this.manifest.get<{ stored: number; delivered: number }>(
      'SELECT stored_entries AS stored, delivered_entries AS delivered FROM flow_log WHERE flow_log_id = ?',
      flowLogId,
    );
    const share = this.manifest.get<{ entries: number; bytes: number; oldest: number | null }>(
      `SELECT coalesce(sum(m.entries), 0) AS entries, min(m.oldest_start) AS oldest,
              coalesce(sum(s.bytes * 1.0 * m.entries
                / (SELECT sum(entries) FROM member WHERE segment_id = s.segment_id)), 0) AS bytes
       FROM ${waiting} JOIN segment s ON s.segment_id = m.segment_id WHERE f.flow_log_id = ?`,
      flowLogId,
    )!;
    const expired = this.manifest.all<{ reason: string; entries: number }>(
      'SELECT reason, entries FROM expired WHERE flow_log_id = ?',
      flowLogId,
    );
    return {
      storedEntries: counts?.stored ?? 0,
      spooledEntries: share.entries,
      spooledBytes: Math.round(share.bytes),
      oldestWindow: share.oldest === null ? null : new Date(share.oldest * 1000).toISOString(),
      deliveredEntries: counts?.delivered ?? 0,
      expired: Object.fromEntries(expired.map(({ reason, entries }) => [reason, entries])),
    };
  }

  expire(flowLogId: string, reason: ExpiryReason, upTo = this.manifest.lastSegmentId()): number {
    return this.manifest.transaction(() => {
      const { entries } = this.manifest.get<{ entries: number }>(
        `SELECT coalesce(sum(m.entries), 0) AS entries FROM ${waiting} WHERE f.flow_log_id = ? AND m.segment_id <= ?`,
        flowLogId,
        upTo,
      )!;
      this.manifest.run('UPDATE flow_log SET cursor = max(cursor, ?) WHERE flow_log_id = ?', upTo, flowLogId);
      if (entries > 0)
        this.manifest.run(
          'INSERT INTO expired VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries',
          flowLogId,
          reason,
          entries,
        );
      return entries;
    });
  }

  enforceBounds(): Expiry[] {
    return this.manifest.transaction(() => [
      ...this.expireUpTo(this.tooOld(), 'SpoolAge'),
      ...this.expireUpTo(this.tooMuch(), 'SpoolSize'),
    ]);
  }

  private expireUpTo(segmentId: number, reason: ExpiryReason): Expiry[] {
    const flowLogs = this.manifest.all<{ flowLogId: string }>(
      `SELECT DISTINCT m.flow_log_id AS flowLogId FROM ${waiting} WHERE m.segment_id <= ?`,
      segmentId,
    );
    return flowLogs.map(({ flowLogId }) => ({
      flowLogId,
      reason,
      entries: this.expire(flowLogId, reason, segmentId),
    }));
  }

  /** The newest segment that is over age. */
  private tooOld(): number {
    const before = this.clock.epochMilliseconds() - this.limits.spoolAgeSeconds * 1000;
    const row = this.manifest.get<{ id: number | null }>(
      'SELECT max(segment_id) AS id FROM segment WHERE received_at < ?',
      before,
    )!;
    return row.id ?? 0;
  }

  /** The newest segment that must go for the younger ones to fit. */
  private tooMuch(): number {
    const newestFirst = this.manifest.all<{ id: number; bytes: number }>(
      `SELECT DISTINCT s.segment_id AS id, s.bytes FROM ${waiting} JOIN segment s ON s.segment_id = m.segment_id
       ORDER BY s.segment_id DESC`,
    );
    let kept = 0;
    return newestFirst.find(({ bytes }) => (kept += bytes) > this.limits.spoolBytes)?.id ?? 0;
  }
}
