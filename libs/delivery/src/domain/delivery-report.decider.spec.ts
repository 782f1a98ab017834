import { deciderSpec } from '@flowledger/event-sourcing/testing';
import { deliveryReportDecider } from './delivery-report.decider';
import type { DeliveryReportCommand } from './delivery-report.decider';
import type { DeliveryOutcome, DeliveryReportEvent } from './delivery-report.events';

const given = deciderSpec(deliveryReportDecider);
const flowLogId = 'fl-1';
const plan = (covers: string) => ({ flowLogId, planVersion: 1, planPosition: '7', covers });
const acknowledge = (covers: string): DeliveryReportCommand => ({ type: 'AcknowledgePlan', ...plan(covers) });
const acknowledged = (covers: string): DeliveryReportEvent => ({
  type: 'PlanAcknowledged',
  data: plan(covers),
});
const told = (outcome: DeliveryOutcome) => ({ flowLogId, outcome, logstoreId: 'l', detail: 'd' });
const report = (outcome: DeliveryOutcome): DeliveryReportCommand => ({
  type: 'ReportDelivery',
  ...told(outcome),
});
const reported = (sequence: number, outcome: DeliveryOutcome): DeliveryReportEvent => ({
  type: 'DeliveryReported',
  data: { ...told(outcome), sequence },
});

describe('the reports about a flow log', () => {
  it('are numbered', () =>
    given(reported(1, 'stalled')).when(report('delivering')).then(reported(2, 'delivering')));
  it('are kept when they are news', () =>
    given(reported(1, 'stalled')).when(report('stalled')).thenNothing());
  it('are news for another logstore', () =>
    given(reported(1, 'stalled'))
      .when({ type: 'ReportDelivery', ...told('stalled'), logstoreId: 'm' })
      .then({ type: 'DeliveryReported', data: { ...told('stalled'), logstoreId: 'm', sequence: 2 } }));
  it('are news again once it works by a new plan', () =>
    given(reported(1, 'target-missing'), acknowledged('a'))
      .when(report('target-missing'))
      .then(reported(2, 'target-missing')));
  it('name an acknowledged plan once', () => {
    given(reported(1, 'delivering')).when(acknowledge('a')).then(acknowledged('a'));
    given(acknowledged('a'), reported(1, 'delivering')).when(acknowledge('a')).thenNothing();
    given(acknowledged('a')).when(acknowledge('b')).then(acknowledged('b'));
  });
});
