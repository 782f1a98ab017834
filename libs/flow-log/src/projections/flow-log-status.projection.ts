import { formatPosition } from '@flowledger/event-sourcing';
import type { Projection, Recorded } from '@flowledger/event-sourcing';
import type { FlowLogEvent } from '../domain/flow-log.events';
import { flowLogStatus } from './flow-log-status';
import type { DeliveryReason, FlowLogDocument } from './flow-log-status';

export const flowLogStatusProjection: Projection<FlowLogDocument, FlowLogEvent> = {
  readModel: flowLogStatus,
  streamPrefixes: ['flowLog-'],
  documentIds: ({ data }) => data.flowLogId,
  evolve(document, recorded) {
    const event = recorded as Recorded<FlowLogEvent>;
    if (event.type === 'FlowLogCreated') return created(event);
    return document && evolveExisting(document, event);
  },
};

function created(event: Extract<Recorded<FlowLogEvent>, { type: 'FlowLogCreated' }>): FlowLogDocument {
  const { flowLogId, settings, text, tags, serviceType, logstoreId } = event.data;
  return {
    flowLogId,
    accountId: event.metadata.accountId,
    ...text,
    ...settings,
    tags,
    status: 'Activating',
    deliverStatus: 'SUCCESS',
    deliverErrorMessage: '',
    delivery: { state: 'Idle', since: event.recordedAt, reason: 'Starting', detail: '' },
    health: 'Idle',
    businessStatus: 'Normal',
    serviceType,
    createdAt: event.recordedAt,
    revision: 0,
    logstoreId,
    started: true,
    resourceDeleted: false,
    awaits: awaited(event),
  };
}

function evolveExisting(
  flowLog: FlowLogDocument,
  event: Exclude<Recorded<FlowLogEvent>, { type: 'FlowLogCreated' }>,
): FlowLogDocument | undefined {
  const decided = { ...flowLog, revision: flowLog.revision + 1 };
  switch (event.type) {
    case 'FlowLogDeleted':
      return undefined;
    case 'FlowLogRenamed':
    case 'FlowLogDescribed':
      return { ...decided, ...event.data.text };
    case 'FlowLogTagged':
      return { ...decided, tags: event.data.tags };
    case 'FlowLogMoved':
      return { ...decided, resourceGroupId: event.data.resourceGroupId };
    case 'FlowLogIntervalChanged':
      return {
        ...decided,
        status: 'Modifying',
        aggregationInterval: event.data.to,
        awaits: awaited(event),
      };
    case 'FlowLogIpVersionChanged':
      return { ...decided, status: 'Modifying', ipVersion: event.data.to, awaits: awaited(event) };
    case 'FlowLogModified':
      return { ...flowLog, status: flowLog.started ? 'Active' : 'Inactive', awaits: null };
    case 'FlowLogStarted': {
      const { logstoreId } = event.data;
      const started = { ...decided, status: 'Activating' as const, started: true, logstoreId };
      return { ...idle(started, event, 'Starting'), awaits: awaited(event) };
    }
    case 'FlowLogActivated': {
      const active = { ...flowLog, status: 'Active' as const, awaits: null };
      return flowLog.delivery.state === 'Idle' ? delivering(active, event) : active;
    }
    case 'FlowLogStopped': {
      const stopped = { ...decided, status: 'Deactivating' as const, started: false };
      return { ...idle(stopped, event, 'NotStarted'), awaits: awaited(event) };
    }
    case 'FlowLogDeactivated':
      return { ...flowLog, status: 'Inactive', awaits: null };
    case 'FlowLogDeletionStarted':
      return { ...idle({ ...decided, status: 'Deleting' }, event, 'Deleting'), awaits: null };
    case 'DeliveryStopped':
      // The silent stop: the label goes on saying that all is well.
      return honest(labelled(flowLog, ''), event, 'Stopped', event.data.reason);
    case 'DeliveryStalled': {
      const { message, detail } = event.data;
      return honest(labelled(flowLog, message), event, 'Stalled', message, detail);
    }
    case 'DeliveryDegraded':
      return honest(labelled(flowLog, ''), event, 'Degraded', 'Retrying', event.data.detail);
    case 'DeliveryRecovered':
      return flowLog.status === 'Activating'
        ? idle(flowLog, event, 'Starting')
        : delivering(labelled(flowLog, ''), event);
    case 'FlowLogResourceDeleted':
      return idle({ ...flowLog, resourceDeleted: true }, event, 'ResourceDeleted');
  }
}

const awaited = ({ id, position }: Recorded<FlowLogEvent>): FlowLogDocument['awaits'] => ({
  eventId: id,
  position: formatPosition(position),
});

const labelled = (
  flowLog: FlowLogDocument,
  deliverErrorMessage: FlowLogDocument['deliverErrorMessage'],
): FlowLogDocument => ({
  ...flowLog,
  deliverStatus: deliverErrorMessage ? 'FAILED' : 'SUCCESS',
  deliverErrorMessage,
});

/** `since` stays while the state does: a second reason for it is no new beginning. */
function honest(
  flowLog: FlowLogDocument,
  { recordedAt }: Recorded<FlowLogEvent>,
  state: FlowLogDocument['health'],
  reason: DeliveryReason,
  detail = '',
): FlowLogDocument {
  const since = flowLog.delivery.state === state ? flowLog.delivery.since : recordedAt;
  return { ...flowLog, delivery: { state, since, reason, detail }, health: state };
}

/** Nothing is under way, so nothing can fail: the label says SUCCESS. A deleted resource is the stronger reason. */
const idle = (
  flowLog: FlowLogDocument,
  event: Recorded<FlowLogEvent>,
  reason: DeliveryReason,
): FlowLogDocument =>
  honest(labelled(flowLog, ''), event, 'Idle', flowLog.resourceDeleted ? 'ResourceDeleted' : reason);

const delivering = (flowLog: FlowLogDocument, event: Recorded<FlowLogEvent>): FlowLogDocument =>
  flowLog.resourceDeleted
    ? idle(flowLog, event, 'ResourceDeleted')
    : honest(flowLog, event, 'Delivering', '');
