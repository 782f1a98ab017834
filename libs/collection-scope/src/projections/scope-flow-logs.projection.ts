import type { Projection, ReadModel, Recorded, RecordedEvent } from '@flowledger/event-sourcing';
import type { FlowLogEvent } from '@flowledger/flow-log';
import { remember } from '../domain/scope';
import type { ScopeFlowLog } from '../domain/scope';

export const scopeFlowLogs: ReadModel<ScopeFlowLog> = {
  name: 'collection-scope-flow-logs',
  version: 1,
  fields: ['resourceId', 'vpcId', 'status'],
};

/**
 * Deleted flow logs stay as a line each: the data plane must be told to give up what still waits for them, and it is
 * never told by absence.
 */
export const scopeFlowLogsProjection: Projection<ScopeFlowLog, FlowLogEvent> = {
  readModel: scopeFlowLogs,
  streamPrefixes: ['flowLog-'],
  documentIds: ({ data }) => data.flowLogId,
  evolve(flowLog, recorded: RecordedEvent<FlowLogEvent>) {
    const event = recorded as Recorded<FlowLogEvent>;
    if (event.type === 'FlowLogCreated') return created(event);
    const next = flowLog && changed(flowLog, event);
    return next && next !== flowLog ? { ...next, changedAt: event.recordedAt } : next;
  },
};

type RecordedOf<Type extends FlowLogEvent['type']> = Extract<Recorded<FlowLogEvent>, { type: Type }>;

function created({ data, metadata, recordedAt }: RecordedOf<'FlowLogCreated'>): ScopeFlowLog {
  const { resourceType, resourceId, vpcId, trafficType, trafficPath, aggregationInterval, ipVersion } =
    data.settings;
  return {
    flowLogId: data.flowLogId,
    accountId: metadata.accountId,
    resourceType,
    resourceId,
    vpcId,
    trafficType,
    trafficPath,
    aggregationInterval,
    ipVersion,
    status: 'Activating',
    changedAt: recordedAt,
    logstoreId: data.logstoreId,
    asked: [{ at: recordedAt, aggregationInterval, ipVersion }],
  };
}

function changed(flowLog: ScopeFlowLog, event: Recorded<FlowLogEvent>): ScopeFlowLog {
  switch (event.type) {
    case 'FlowLogStarted':
      return asking(
        { ...flowLog, status: 'Activating', logstoreId: event.data.logstoreId },
        event.recordedAt,
      );
    case 'FlowLogActivated':
      return { ...flowLog, status: 'Active' };
    case 'FlowLogStopped':
      return askingNothing({ ...flowLog, status: 'Deactivating' }, event.recordedAt);
    case 'FlowLogDeactivated':
      return { ...flowLog, status: 'Inactive' };
    case 'FlowLogIntervalChanged':
      return modifying({ ...flowLog, aggregationInterval: event.data.to }, event.recordedAt);
    case 'FlowLogIpVersionChanged':
      return modifying({ ...flowLog, ipVersion: event.data.to }, event.recordedAt);
    case 'FlowLogModified':
      return { ...flowLog, status: isAsking(flowLog) ? 'Active' : 'Inactive' };
    case 'FlowLogDeletionStarted':
      return askingNothing({ ...flowLog, status: 'Deleting' }, event.recordedAt);
    case 'FlowLogDeleted':
      return { ...flowLog, status: 'Deleted' };
    case 'DeliveryStopped':
      return { ...flowLog, logstoreId: null };
    default:
      return flowLog;
  }
}

const isAsking = ({ asked }: ScopeFlowLog): boolean => asked.at(-1)!.aggregationInterval !== null;

const asking = (flowLog: ScopeFlowLog, at: string): ScopeFlowLog => {
  const { aggregationInterval, ipVersion } = flowLog;
  return { ...flowLog, asked: remember(flowLog.asked, { at, aggregationInterval, ipVersion }) };
};

const askingNothing = (flowLog: ScopeFlowLog, at: string): ScopeFlowLog => ({
  ...flowLog,
  asked: remember(flowLog.asked, { at, aggregationInterval: null, ipVersion: flowLog.ipVersion }),
});

const modifying = (flowLog: ScopeFlowLog, at: string): ScopeFlowLog => {
  const modified: ScopeFlowLog = { ...flowLog, status: 'Modifying' };
  return isAsking(flowLog) ? asking(modified, at) : modified;
};
