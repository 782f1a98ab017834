import type { FlowLogEvent, FlowLogSettings } from '../src';

export const accountId = '1000000000000001';
export const flowLogId = 'fl-bp1abcdefghijklmnopqr';

export const settings: FlowLogSettings = {
  regionId: 'cn-hangzhou',
  resourceType: 'VPC',
  resourceId: 'vpc-1',
  vpcId: 'vpc-1',
  trafficType: 'All',
  trafficPath: ['all'],
  aggregationInterval: 10,
  ipVersion: 'IPv4',
  projectName: 'audit',
  logstoreName: 'flows',
  resourceGroupId: 'rg-default',
};

type EventOf<Type extends FlowLogEvent['type']> = Extract<FlowLogEvent, { type: Type }>;

/** `happened('FlowLogStarted', { logstoreId })`: an event of the fixture's flow log. */
export const happened = <Type extends FlowLogEvent['type']>(
  type: Type,
  ...[data]: object extends Omit<EventOf<Type>['data'], 'flowLogId'>
    ? []
    : [Omit<EventOf<Type>['data'], 'flowLogId'>]
): EventOf<Type> => ({ type, data: { flowLogId, ...data } }) as unknown as EventOf<Type>;

export const created = happened('FlowLogCreated', {
  settings,
  text: { name: 'edge', description: 'what leaves' },
  tags: [{ key: 'team', value: 'net' }],
  serviceType: '',
  logstoreId: 'logstore-1',
  accountId,
});
export const activated = happened('FlowLogActivated');
export const stopped = happened('FlowLogStopped');
export const deactivated = happened('FlowLogDeactivated');
export const started = happened('FlowLogStarted', { logstoreId: 'logstore-2' });
export const deletionStarted = happened('FlowLogDeletionStarted');
export const intervalChanged = happened('FlowLogIntervalChanged', { from: 10, to: 1 });
export const modified = happened('FlowLogModified');
export const deliveryStopped = happened('DeliveryStopped', {
  logstoreId: 'logstore-1',
  reason: 'LogstoreDeleted',
});
export const stalled = happened('DeliveryStalled', { message: 'UnavaliableTarget', detail: 'no answer' });
