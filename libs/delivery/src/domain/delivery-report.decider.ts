import type { Decider } from '@flowledger/event-sourcing';
import type { DeliveryReportEvent, DeliveryReported, PlanAcknowledged } from './delivery-report.events';

export type DeliveryReportCommand =
  | ({ readonly type: 'AcknowledgePlan' } & Readonly<PlanAcknowledged['data']>)
  | ({ readonly type: 'ReportDelivery' } & Readonly<Omit<DeliveryReported['data'], 'sequence'>>);

export interface DeliveryReports {
  /** What the last acknowledged plan covered. */
  readonly covered: string | null;
  /** What was reported since then. */
  readonly last: DeliveryReported['data'] | null;
  readonly sequence: number;
}

/** Keeps what is new: the collector repeats itself, after a restart and by the minute. */
export const deliveryReportDecider: Decider<DeliveryReports, DeliveryReportCommand, DeliveryReportEvent> = {
  initialState: () => ({ covered: null, last: null, sequence: 0 }),

  decide({ type, ...told }, { covered, last, sequence }) {
    if (type === 'AcknowledgePlan') {
      const acknowledged = told as PlanAcknowledged['data'];
      return acknowledged.covers === covered ? [] : [{ type: 'PlanAcknowledged', data: acknowledged }];
    }
    const reported = { ...(told as DeliveryReported['data']), sequence: sequence + 1 };
    const known =
      last?.outcome === reported.outcome &&
      last.logstoreId === reported.logstoreId &&
      last.message === reported.message;
    return known ? [] : [{ type: 'DeliveryReported', data: reported }];
  },

  evolve(reports, { type, data }) {
    // After a start, the same outcome as before it is news again.
    if (type === 'PlanAcknowledged') return { ...reports, covered: data.covers, last: null };
    return { ...reports, last: data, sequence: data.sequence };
  },
};
