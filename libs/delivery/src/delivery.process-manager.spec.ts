import { processSpec, recorded } from '@flowledger/event-sourcing/testing';
import {
  acknowledged,
  created,
  createdWith,
  deletionStarted,
  flowLogId,
  intervalChanged,
  ipVersionChanged,
  logstoreDeleted,
  projectDeleted,
  reported,
  restarted,
  stopped,
} from '../testing/delivery-inputs';
import type { DeliveryCommand, DeliveryInput } from './domain/delivery.inputs';
import { deliveryProcess } from './delivery.process-manager';

const process = deliveryProcess({
  flowLogsBoundTo: async (_accountId, logstoreIds) => logstoreIds.map((id) => `bound-to-${id}`),
  flowLogsOn: async (_accountId, type, id) => [`on-${type}-${id}`],
});
const given = processSpec(process);
const activate: DeliveryCommand = { type: 'ActivateFlowLog', flowLogId };
const silentStop = (reason: 'LogstoreDeleted' | 'ProjectDeleted'): DeliveryCommand => ({
  type: 'StopDelivery',
  flowLogId,
  logstoreId: 'logstore-1',
  reason,
});
const timeIsOver = { type: 'TimerFired', data: { timerId: 'drain/deletion-started' } } as const;

describe('a flow log in a transition', () => {
  it('waits', () => given().when(created).thenNothing());
  it('is Active once a plan that covers its creation is acknowledged', () =>
    given(created).when(acknowledged('created')).then(activate));
  it('goes on waiting when the plan covers something else', () =>
    given(created).when(acknowledged('another event')).thenNothing());
  it('is Active as well when the acknowledgement is seen first', () =>
    given(acknowledged('created')).when(created).then(activate));
  it('is Active after a restart', () =>
    given(created, acknowledged('created'), restarted).when(acknowledged('restarted')).then(activate));
  it('is Inactive once a plan without it is acknowledged', () =>
    given(created, stopped).when(acknowledged('stopped')).then({ type: 'DeactivateFlowLog', flowLogId }));
  it.each([intervalChanged, ipVersionChanged])('is modified once the plan covers the $type', (change) =>
    given(created, change).when(acknowledged(change.id)).then({ type: 'CompleteModification', flowLogId }),
  );
});

describe('a flow log whose target is deleted', () => {
  it('stops silently when its logstore is deleted', () =>
    given(created).when(logstoreDeleted).then(silentStop('LogstoreDeleted')));
  it('stops silently when its project is deleted', () =>
    given(created).when(projectDeleted).then(silentStop('ProjectDeleted')));
  it('stops silently when the writer finds it missing', () => {
    given(created).when(reported(1, 'target-missing')).then(silentStop('LogstoreDeleted'));
    given(created)
      .when(reported(1, 'target-missing', { message: 'ProjectNotExist' }))
      .then(silentStop('ProjectDeleted'));
  });
  it('stops once, whoever tells of it', () => {
    given(created, logstoreDeleted).when(reported(1, 'target-missing')).thenNothing();
    given(created, reported(1, 'target-missing')).when(logstoreDeleted).thenNothing();
    given(created, logstoreDeleted).when(projectDeleted).thenNothing();
  });
  it('stops as well when the deletion is seen before the binding', () =>
    given(logstoreDeleted).when(created).then(silentStop('LogstoreDeleted')));
  it('is not stopped by the deletion of another logstore', () =>
    given(createdWith('logstore-3')).when(logstoreDeleted).thenNothing());
  it('delivers to the new logstore after the restart', () =>
    given(created, logstoreDeleted).when(restarted).thenNothing());
});

describe('a flow log that was created without a logstore', () => {
  it('shows it: nothing was deleted under it that could be silent', () =>
    given().when(createdWith(null)).then({
      type: 'StallDelivery',
      flowLogId,
      message: 'UnavaliableTarget',
      detail: 'The logstore was gone before the flow log was created',
    }));
  it('shows it again when the writer says so', () =>
    given(createdWith(null))
      .when(reported(1, 'target-missing', { logstoreId: null }))
      .then({ type: 'StallDelivery', flowLogId, message: 'UnavaliableTarget', detail: 'd' }));
});

describe('other failures', () => {
  it('show', () =>
    given(created)
      .when(reported(1, 'stalled', { message: 'UnavaliableTarget' }))
      .then({ type: 'StallDelivery', flowLogId, message: 'UnavaliableTarget', detail: 'd' }));
  it('without a message are unknown errors', () =>
    given(created)
      .when(reported(1, 'stalled'))
      .then({ type: 'StallDelivery', flowLogId, message: 'UnknownError', detail: 'd' }));
  it('that retries overcome are a degradation', () =>
    given(created).when(reported(1, 'degraded')).then({ type: 'DegradeDelivery', flowLogId, detail: 'd' }));
  it('end by themselves', () =>
    given(created, reported(1, 'stalled'))
      .when(reported(2, 'delivering'))
      .then({ type: 'RecoverDelivery', flowLogId }));
  it('told too late change nothing', () =>
    given(created, reported(2, 'delivering')).when(reported(1, 'stalled')).thenNothing());
  it('of the former logstore change nothing', () =>
    given(created, restarted).when(reported(1, 'stalled')).thenNothing());
});

describe('a flow log whose resource is deleted', () => {
  it.each<[DeliveryInput, string]>([
    [{ type: 'VpcDeleted', data: { vpcId: 'vpc-1' } }, 'vpc-1'],
    [{ type: 'VSwitchDeleted', data: { vSwitchId: 'vsw-1', vpcId: 'vpc-1' } }, 'vsw-1'],
    [
      {
        type: 'NetworkInterfaceDeleted',
        data: { networkInterfaceId: 'eni-1', vSwitchId: 'vsw-1', vpcId: 'vpc-1' },
      },
      'eni-1',
    ],
  ])('is told: %j', (deleted, resourceId) =>
    given(created).when(deleted).then({ type: 'ResourceGone', flowLogId, resourceId }),
  );
});

describe('a flow log that is deleted', () => {
  const gone = (expiredEntries: number): DeliveryCommand => ({
    type: 'CompleteDeletion',
    flowLogId,
    expiredEntries,
  });
  it('has 30 s to drain (DD-30)', () =>
    given(created)
      .when(deletionStarted)
      .thenTimers({ timerId: 'drain/deletion-started', dueAt: '2026-01-01T00:00:30.000Z' }));
  it('is gone once it is drained, and what expired is counted', () =>
    given(created, deletionStarted)
      .when(reported(1, 'drained', { expiredEntries: 3 }))
      .then(gone(3)));
  it('is gone when the time is over', () => given(created, deletionStarted).when(timeIsOver).then(gone(0)));
  it('is gone once', () => {
    given(created, deletionStarted, timeIsOver).when(reported(1, 'drained')).thenNothing();
    given(created, deletionStarted, reported(1, 'drained')).when(timeIsOver).thenNothing();
  });
});

describe('an event of the log', () => {
  it.each<[DeliveryInput, string[]]>([
    [created, [flowLogId]],
    [acknowledged('created'), [flowLogId]],
    [reported(1, 'delivering'), [flowLogId]],
    [logstoreDeleted, ['bound-to-logstore-1']],
    [projectDeleted, ['bound-to-logstore-9', 'bound-to-logstore-1']],
    [{ type: 'VpcDeleted', data: { vpcId: 'v' } }, ['on-VPC-v']],
    [{ type: 'VSwitchDeleted', data: { vSwitchId: 's', vpcId: 'v' } }, ['on-VSwitch-s']],
    [
      { type: 'NetworkInterfaceDeleted', data: { networkInterfaceId: 'n', vSwitchId: 's', vpcId: 'v' } },
      ['on-NetworkInterface-n'],
    ],
    [{ type: 'FlowLogRenamed', data: { flowLogId } } as never, []],
  ])('concerns: %j', async (event, instances) =>
    expect(await process.correlate(recorded<DeliveryInput>(event, 0))).toEqual(instances),
  );
});

describe('a refused command', () => {
  it('changes nothing', () =>
    given(created)
      .when({ type: 'CommandRefused', data: { commandType: 'ActivateFlowLog', code: 'X', detail: '' } })
      .thenNothing());
});
