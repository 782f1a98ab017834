import type { FlowLogSettings } from '@flowledger/flow-log';
import type { DeliveryInput } from '../src';

/** An input with the id that the log gave it. */
export type WithId<Input> = Input & { readonly id: string };

export const flowLogId = 'fl-1';

const settings: FlowLogSettings = {
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

const named = <Input extends DeliveryInput>(id: string, input: Input): WithId<Input> => ({ id, ...input });

export const createdWith = (logstoreId: string | null): WithId<DeliveryInput> =>
  named('created', {
    type: 'FlowLogCreated',
    data: {
      flowLogId,
      settings,
      text: { name: '', description: '' },
      tags: [],
      serviceType: '',
      logstoreId,
      accountId: '1000000000000001',
    },
  });
export const created = createdWith('logstore-1');
export const restarted = named('restarted', {
  type: 'FlowLogStarted',
  data: { flowLogId, logstoreId: 'logstore-2' },
});
export const stopped = named('stopped', { type: 'FlowLogStopped', data: { flowLogId } });
export const intervalChanged = named('interval-changed', {
  type: 'FlowLogIntervalChanged',
  data: { flowLogId, from: 10, to: 1 },
});
export const ipVersionChanged = named('ip-version-changed', {
  type: 'FlowLogIpVersionChanged',
  data: { flowLogId, from: 'IPv4', to: 'DualStack' },
});
export const deletionStarted = named('deletion-started', {
  type: 'FlowLogDeletionStarted',
  data: { flowLogId },
});
export const logstoreDeleted = named('logstore-deleted', {
  type: 'LogstoreDeleted',
  data: { projectName: 'audit', logstoreName: 'flows', logstoreId: 'logstore-1' },
});
export const projectDeleted = named('project-deleted', {
  type: 'ProjectDeleted',
  data: {
    projectName: 'audit',
    logstores: [
      { logstoreName: 'other', logstoreId: 'logstore-9' },
      { logstoreName: 'flows', logstoreId: 'logstore-1' },
    ],
  },
});

export const acknowledged = (covers: string): WithId<DeliveryInput> =>
  named(`acknowledged-${covers}`, {
    type: 'PlanAcknowledged',
    data: { flowLogId, planVersion: 1, planPosition: '7', covers },
  });

type Report = Extract<DeliveryInput, { type: 'DeliveryReported' }>['data'];
export const reported = (
  sequence: number,
  outcome: Report['outcome'],
  more: Partial<Report> = {},
): WithId<Extract<DeliveryInput, { type: 'DeliveryReported' }>> =>
  named(`reported-${sequence}`, {
    type: 'DeliveryReported',
    data: { flowLogId, sequence, outcome, logstoreId: 'logstore-1', detail: 'd', ...more },
  });
