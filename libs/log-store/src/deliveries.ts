import type { Clock } from '@flowledger/event-sourcing';
import type { DeliveryOutcome, DeliveryRefusal, DeliveryRequest } from './log-store';
import type { Manifest } from './manifest';

interface Waiting {
  segmentId: number;
  entries: number;
}

/** Moves cursors over segments, leaving a reference in the logstore for each: one transaction, exactly once. */
export class Deliveries {
  constructor(
    private readonly manifest: Manifest,
    private readonly clock: Clock,
  ) {}

  deliver(requests: readonly DeliveryRequest[], maxSegments: number): DeliveryOutcome[] {
    return this.manifest.transaction(() => requests.map((request) => this.deliverOne(request, maxSegments)));
  }

  private deliverOne(request: DeliveryRequest, maxSegments: number): DeliveryOutcome {
    const { flowLogId, logstoreId } = request;
    const refused = this.refusal(request);
    if (refused) return { refused };
    const waiting = this.manifest.all<Waiting>(
      `SELECT m.segment_id AS segmentId, m.entries FROM member m JOIN flow_log f USING (flow_log_id)
       WHERE m.flow_log_id = ? AND m.segment_id > f.cursor ORDER BY m.segment_id LIMIT ?`,
      flowLogId,
      maxSegments + 1,
    );
    const taken = waiting.slice(0, maxSegments);
    const last = taken.at(-1);
    if (!last) return { delivered: 0, segments: 0, more: false };
    const now = this.clock.epochMilliseconds();
    for (const { segmentId } of taken)
      this.manifest.run('INSERT INTO reference VALUES (?, ?, ?, ?)', logstoreId, segmentId, flowLogId, now);
    const delivered = taken.reduce((sum, { entries }) => sum + entries, 0);
    this.manifest.run(
      'UPDATE flow_log SET cursor = ?, delivered_entries = delivered_entries + ? WHERE flow_log_id = ?',
      last.segmentId,
      delivered,
      flowLogId,
    );
    return { delivered, segments: taken.length, more: waiting.length > taken.length };
  }

  /** A logstore of another account does not exist for this flow log. */
  private refusal({ flowLogId, logstoreId }: DeliveryRequest): DeliveryRefusal | null {
    const flowLog = this.manifest.get<{ account_id: string }>(
      'SELECT account_id FROM flow_log WHERE flow_log_id = ?',
      flowLogId,
    );
    if (!flowLog) return 'FlowLogNotRegistered';
    const logstore = this.manifest.get(
      'SELECT 1 AS found FROM logstore WHERE logstore_id = ? AND account_id = ? AND deleted = 0',
      logstoreId,
      flowLog.account_id,
    );
    return logstore ? null : 'LogstoreNotExist';
  }
}
