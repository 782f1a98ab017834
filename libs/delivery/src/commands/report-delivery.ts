import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { deliveryReportDecider } from '../domain/delivery-report.decider';
import { deliveryReportsStream } from '../domain/delivery-report.events';
import type { DeliveryOutcome, StallMessage } from '../domain/delivery-report.events';
import { FlowLogDirectory } from '../flow-log-directory';

export interface DeliveryReport {
  readonly flowLogId: string;
  readonly outcome: DeliveryOutcome;
  /** In the destination's own words; cut to 500 characters. */
  readonly detail: string;
  /** With `stalled` and `target-missing`. */
  readonly message?: StallMessage;
  /** The logstore it is about; the one that the flow log is bound to when absent. */
  readonly logstoreId?: string | null;
  /** With `drained`: entries that the target did not take. */
  readonly expiredEntries?: number;
}

/** `unchanged`: the same was reported before. `unknown-flow-log`: it was deleted in the meantime. */
export type ReportOutcome = 'recorded' | 'unchanged' | 'unknown-flow-log';

/** How delivery does; only changes become events. */
export class ReportDelivery extends Command<ReportOutcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: DeliveryReport,
  ) {
    super();
  }
}

@CommandHandler(ReportDelivery)
export class ReportDeliveryHandler implements ICommandHandler<ReportDelivery> {
  constructor(
    private readonly aggregates: AggregateStore,
    private readonly directory: FlowLogDirectory,
  ) {}

  async execute({ context, input }: ReportDelivery): Promise<ReportOutcome> {
    const { flowLogId, outcome, message, expiredEntries } = input;
    const flowLog = await this.directory.flowLog(flowLogId);
    if (!flowLog) return 'unknown-flow-log';
    const { accountId, regionId } = flowLog;
    const { events } = await this.aggregates.handle(
      deliveryReportsStream(flowLogId),
      deliveryReportDecider,
      {
        type: 'ReportDelivery',
        flowLogId,
        outcome,
        logstoreId: input.logstoreId === undefined ? flowLog.logstoreId : input.logstoreId,
        detail: input.detail.slice(0, 500),
        ...(message && { message }),
        ...(expiredEntries !== undefined && { expiredEntries }),
      },
      { ...context, accountId, regionId },
    );
    return events.length > 0 ? 'recorded' : 'unchanged';
  }
}
