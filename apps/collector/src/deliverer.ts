import type { PlannedDelivery } from '@flowledger/flow-record';
import type { DeliveryOutcome, LogStore } from '@flowledger/log-store';
import type { DeliveryReport, DeliveryReports } from './delivery-reports';

type Outcome = DeliveryReport['outcome'];

const nothingWaits: DeliveryOutcome = { delivered: 0, segments: 0, more: false };

/**
 * Moves entries from the spool to the logstores that the plan names, and reports what changes. Only flow logs for which
 * something may wait are looked at.
 */
export class Deliverer {
  private readonly deliveries = new Map<string, PlannedDelivery>();
  private readonly pending = new Set<string>();
  /** Last outcome the control plane has been told, and what it still has to be told. */
  private readonly told = new Map<string, Outcome>();
  private readonly unreported = new Map<string, DeliveryReport>();
  private running: Promise<void> | undefined;

  constructor(
    private readonly logStore: LogStore,
    private readonly reports: DeliveryReports,
  ) {}

  take(deliveries: readonly PlannedDelivery[]): void {
    for (const delivery of deliveries) {
      const { flowLogId } = delivery;
      const known = this.deliveries.get(flowLogId);
      if (known && known.state === delivery.state && known.logstoreId === delivery.logstoreId) continue;
      if (known?.logstoreId !== delivery.logstoreId) this.told.delete(flowLogId);
      this.deliveries.set(flowLogId, delivery);
      this.pending.add(flowLogId);
    }
  }

  /** Entries for these flow logs were stored. */
  stored(flowLogIds: Iterable<string>): void {
    for (const flowLogId of flowLogIds) if (this.deliveries.has(flowLogId)) this.pending.add(flowLogId);
  }

  /** Delivers what waits and reports; one run at a time, a call during a run waits for that run and one more. */
  async run(): Promise<void> {
    // The failure of another run is told to its own caller.
    while (this.running) await this.running.catch(() => undefined);
    this.running = this.passes().finally(() => (this.running = undefined));
    return this.running;
  }

  private async passes(): Promise<void> {
    do {
      this.moveWhatWaits();
      await this.reportChanges();
    } while ([...this.pending].some((flowLogId) => this.told.get(flowLogId) !== 'stalled'));
  }

  private moveWhatWaits(): void {
    const turn = [...this.pending].map((flowLogId) => this.deliveries.get(flowLogId)!);
    this.pending.clear();
    try {
      for (const delivery of turn) this.giveUp(delivery);
      this.deliver(
        turn.filter(({ state, logstoreId }) => (state === 'deliver' || state === 'drain') && logstoreId),
      );
    } catch (error) {
      for (const { flowLogId } of turn) this.pending.add(flowLogId);
      throw error;
    }
  }

  private async reportChanges(): Promise<void> {
    for (const [flowLogId, report] of [...this.unreported]) {
      await this.reports.report(report);
      if (this.unreported.get(flowLogId) === report) this.unreported.delete(flowLogId);
      if (this.deliveries.get(flowLogId)?.logstoreId === report.logstoreId)
        this.told.set(flowLogId, report.outcome);
    }
  }

  /** What nobody will take: a deleted flow log's entries, and those of one deleted while it had no target. */
  private giveUp({ flowLogId, state, logstoreId }: PlannedDelivery): void {
    if (state === 'discard') this.logStore.expire(flowLogId, 'FlowLogDeleted');
    if (state === 'drain' && !logstoreId)
      this.drained(flowLogId, this.logStore.expire(flowLogId, 'FlowLogDeleted'));
  }

  private deliver(deliveries: readonly PlannedDelivery[]): void {
    if (deliveries.length === 0) return;
    try {
      const outcomes = this.logStore.deliverMany(
        deliveries.map(({ flowLogId, logstoreId }) => ({ flowLogId, logstoreId: logstoreId! })),
      );
      outcomes.forEach((outcome, index) => this.settle(deliveries[index]!, outcome));
    } catch (error) {
      for (const delivery of deliveries) {
        this.pending.add(delivery.flowLogId);
        this.say(delivery, 'stalled', error instanceof Error ? error.message : String(error));
      }
    }
  }

  private settle(delivery: PlannedDelivery, outcome: DeliveryOutcome): void {
    const { flowLogId, state, logstoreId } = delivery;
    // The log store knows a flow log from its first entry on.
    if ('refused' in outcome && outcome.refused === 'FlowLogNotRegistered') outcome = nothingWaits;
    if ('refused' in outcome) {
      if (state === 'drain')
        return this.drained(flowLogId, this.logStore.expire(flowLogId, 'FlowLogDeleted'));
      return this.say(delivery, 'target-missing', `${outcome.refused}: ${logstoreId}`);
    }
    if (outcome.more) this.pending.add(flowLogId);
    if (outcome.delivered > 0) this.say(delivery, 'delivering', `${outcome.delivered} entries`);
    if (state === 'drain' && !outcome.more) this.drained(flowLogId, 0);
  }

  private drained(flowLogId: string, expiredEntries: number): void {
    const delivery = this.deliveries.get(flowLogId)!;
    this.say(delivery, 'drained', `${expiredEntries} entries were given up`, expiredEntries);
  }

  private say(delivery: PlannedDelivery, outcome: Outcome, detail: string, expiredEntries?: number): void {
    const { flowLogId, accountId, logstoreId } = delivery;
    if (this.told.get(flowLogId) === outcome && !this.unreported.has(flowLogId)) return;
    this.unreported.set(flowLogId, {
      flowLogId,
      accountId,
      outcome,
      detail,
      logstoreId,
      ...(expiredEntries !== undefined && { expiredEntries }),
    });
  }
}
