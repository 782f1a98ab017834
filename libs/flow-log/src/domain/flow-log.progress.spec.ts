import { fold } from '@flowledger/event-sourcing';
import { deciderSpec } from '@flowledger/event-sourcing/testing';
import fc from 'fast-check';
import {
  activated,
  accountId,
  created,
  deactivated,
  deletionStarted,
  deliveryStopped,
  flowLogId,
  happened,
  intervalChanged,
  modified,
  settings,
  stalled,
  started,
  stopped,
} from '../../testing/flow-log-fixtures';
import type { FlowLogCommand, FlowLogProgress } from './flow-log.commands';
import { flowLogDecider } from './flow-log.decider';
import type { FlowLogEvent } from './flow-log.events';

const given = deciderSpec(flowLogDecider);
const stall: FlowLogProgress = {
  type: 'StallDelivery',
  flowLogId,
  message: 'UnavaliableTarget',
  detail: 'no answer',
};
const stopDelivery = (logstoreId: string): FlowLogProgress => ({
  type: 'StopDelivery',
  flowLogId,
  logstoreId,
  reason: 'LogstoreDeleted',
});
const degrade: FlowLogProgress = { type: 'DegradeDelivery', flowLogId, detail: 'slow' };
const recover: FlowLogProgress = { type: 'RecoverDelivery', flowLogId };
const gone: FlowLogProgress = { type: 'ResourceGone', flowLogId, resourceId: 'vpc-1' };
const complete: FlowLogProgress = { type: 'CompleteDeletion', flowLogId, expiredEntries: 4 };
const simple = (type: 'ActivateFlowLog' | 'DeactivateFlowLog' | 'CompleteModification'): FlowLogProgress => ({
  type,
  flowLogId,
});

describe('a transition', () => {
  it('ends in Active', () => given(created).when(simple('ActivateFlowLog')).then(activated));
  it('ends in Inactive', () =>
    given(created, activated, stopped).when(simple('DeactivateFlowLog')).then(deactivated));
  it('ends a modification', () =>
    given(created, activated, intervalChanged).when(simple('CompleteModification')).then(modified));
  it('ends the flow log, its key and what had expired named', () =>
    given(created, activated, deletionStarted)
      .when(complete)
      .then(happened('FlowLogDeleted', { key: 'VPC/vpc-1/all', expiredEntries: 4 })));
});

describe('creation', () => {
  it('happens once', () =>
    given(created, activated)
      .when({
        type: 'CreateFlowLog',
        flowLogId,
        accountId,
        settings,
        text: created.data.text,
        tags: [],
        logstoreId: null,
      })
      .thenNothing());
});

describe('delivery of a started flow log', () => {
  const active = [created, activated];
  it('stops when the logstore it is bound to is gone', () =>
    given(...active)
      .when(stopDelivery('logstore-1'))
      .then(deliveryStopped));
  it('goes on when another logstore is gone', () =>
    given(...active)
      .when(stopDelivery('logstore-9'))
      .thenNothing());
  it('goes on when the former logstore is gone after a restart', () =>
    given(...active, deliveryStopped, started)
      .when(stopDelivery('logstore-1'))
      .thenNothing());
  it('stalls', () =>
    given(...active)
      .when(stall)
      .then(stalled));
  it('stalls anew for another reason', () =>
    given(...active, stalled)
      .when({ ...stall, message: 'UnknownError' })
      .then(happened('DeliveryStalled', { message: 'UnknownError', detail: 'no answer' })));
  it('degrades', () =>
    given(...active)
      .when(degrade)
      .then(happened('DeliveryDegraded', { detail: 'slow' })));
  it('recovers', () =>
    given(...active, stalled)
      .when(recover)
      .then(happened('DeliveryRecovered')));
  it('does not recover without a logstore', () =>
    given({ ...created, data: { ...created.data, logstoreId: null } }, stalled)
      .when(recover)
      .thenNothing());
  it('learns that its resource is gone', () =>
    given(...active)
      .when(gone)
      .then(happened('FlowLogResourceDeleted', { resourceId: 'vpc-1' })));
  it('is not concerned by another resource', () =>
    given(...active)
      .when({ ...gone, resourceId: 'vpc-2' })
      .thenNothing());
});

describe('the silent stop', () => {
  it.each([stall, degrade, recover, stopDelivery('logstore-1')])('is not undone by $type', (told) =>
    given(created, activated, deliveryStopped).when(told).thenNothing(),
  );
});

describe('a flow log that is not started', () => {
  it.each([stall, degrade, recover, stopDelivery('logstore-1')])(
    'has no delivery to report: $type',
    (told) => {
      given(created, activated, stopped, deactivated).when(told).thenNothing();
      given(created, activated, deletionStarted).when(told).thenNothing();
      given().when(told).thenNothing();
    },
  );
});

describe('what the saga tells', () => {
  const told = fc.constantFrom<FlowLogProgress>(
    simple('ActivateFlowLog'),
    simple('DeactivateFlowLog'),
    simple('CompleteModification'),
    complete,
    stall,
    degrade,
    recover,
    gone,
    stopDelivery('logstore-1'),
    stopDelivery('logstore-2'),
  );
  const history = fc.constantFrom<FlowLogEvent[]>(
    [],
    [created],
    [created, activated],
    [created, activated, stalled],
    [created, activated, deliveryStopped],
    [created, activated, deliveryStopped, started],
    [created, activated, stopped],
    [created, activated, intervalChanged],
    [created, activated, deletionStarted],
  );
  const carryOut = (events: readonly FlowLogEvent[], command: FlowLogCommand): FlowLogEvent[] =>
    flowLogDecider.decide(command, fold(flowLogDecider, events));

  it('is never refused, and a second time it changes nothing', () =>
    fc.assert(
      fc.property(history, told, (events, command) => {
        const first = carryOut(events, command);
        expect(carryOut([...events, ...first], command)).toEqual([]);
      }),
    ));
});
