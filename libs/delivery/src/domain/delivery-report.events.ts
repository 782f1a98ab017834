import type { Event } from '@flowledger/event-sourcing';

/** Stream `deliveryReports-<flowLogId>`: what the data plane told about one flow log, changes only. */
export const deliveryReportsStream = (flowLogId: string): string => `deliveryReports-${flowLogId}`;

/** The collector works by a plan that covers what the flow log waited for. */
export type PlanAcknowledged = Event<
  'PlanAcknowledged',
  {
    flowLogId: string;
    planVersion: number;
    /** Text of the log position that the plan covers. */
    planPosition: string;
    /** Id of the event that the flow log waited for: at or before that position. */
    covers: string;
  }
>;

export const deliveryOutcomes = ['delivering', 'degraded', 'stalled', 'target-missing', 'drained'] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];
export type StallMessage = 'UnavaliableTarget' | 'ProjectNotExist' | 'UnknownError';

export type DeliveryReported = Event<
  'DeliveryReported',
  {
    flowLogId: string;
    /** 1, 2, 3 …: a report that comes after a later one is too late. */
    sequence: number;
    outcome: DeliveryOutcome;
    /** The logstore it is about; null when the flow log was bound to none. */
    logstoreId: string | null;
    detail: string;
    message?: StallMessage;
    /** With `drained`: entries that the target did not take in time. */
    expiredEntries?: number;
  }
>;

export type DeliveryReportEvent = PlanAcknowledged | DeliveryReported;
