import type { FlowLogEvent } from './flow-log.events';
import type {
  DeliveryState,
  FlowLogSettings,
  FlowLogStatus,
  FlowLogTag,
  FlowLogText,
} from './flow-log.values';

export interface PresentFlowLog {
  readonly existence: 'Present';
  readonly accountId: string;
  readonly settings: FlowLogSettings;
  readonly text: FlowLogText;
  readonly tags: readonly FlowLogTag[];
  readonly status: FlowLogStatus;
  /** Whether it collects, or did before the modification that is under way. */
  readonly started: boolean;
  /** The logstore it was last bound to; null when there was none. */
  readonly logstoreId: string | null;
  /** How delivery does while it is started. */
  readonly delivery: Exclude<DeliveryState, 'Idle'>;
  readonly stalledBy: string;
  readonly resourceDeleted: boolean;
  /** Counts what operators decided; what delivery reports does not change it. */
  readonly revision: number;
}

export type FlowLog = { readonly existence: 'Absent' } | PresentFlowLog | { readonly existence: 'Deleted' };

export function evolveFlowLog(flowLog: FlowLog, event: FlowLogEvent): FlowLog {
  if (event.type === 'FlowLogCreated') {
    const { settings, text, tags, logstoreId, accountId } = event.data;
    return {
      existence: 'Present',
      accountId,
      settings,
      text,
      tags,
      status: 'Activating',
      started: true,
      logstoreId,
      delivery: 'Delivering',
      stalledBy: '',
      resourceDeleted: false,
      revision: 0,
    };
  }
  if (event.type === 'FlowLogDeleted') return { existence: 'Deleted' };
  return flowLog.existence === 'Present' ? evolvePresent(flowLog, event) : flowLog;
}

type LaterEvent = Exclude<FlowLogEvent, { type: 'FlowLogCreated' | 'FlowLogDeleted' }>;

function evolvePresent(flowLog: PresentFlowLog, { type, data }: LaterEvent): PresentFlowLog {
  const decided = { ...flowLog, revision: flowLog.revision + 1 };
  const { settings } = flowLog;
  switch (type) {
    case 'FlowLogStarted':
      return {
        ...decided,
        status: 'Activating',
        started: true,
        logstoreId: data.logstoreId,
        delivery: 'Delivering',
        stalledBy: '',
      };
    case 'FlowLogStopped':
      return { ...decided, status: 'Deactivating', started: false };
    case 'FlowLogIntervalChanged':
      return { ...decided, status: 'Modifying', settings: { ...settings, aggregationInterval: data.to } };
    case 'FlowLogIpVersionChanged':
      return { ...decided, status: 'Modifying', settings: { ...settings, ipVersion: data.to } };
    case 'FlowLogMoved':
      return { ...decided, settings: { ...settings, resourceGroupId: data.resourceGroupId } };
    case 'FlowLogRenamed':
    case 'FlowLogDescribed':
      return { ...decided, text: { ...flowLog.text, ...data.text } };
    case 'FlowLogTagged':
      return { ...decided, tags: data.tags };
    case 'FlowLogDeletionStarted':
      return { ...decided, status: 'Deleting' };
    case 'FlowLogActivated':
      return { ...flowLog, status: 'Active' };
    case 'FlowLogDeactivated':
      return { ...flowLog, status: 'Inactive' };
    case 'FlowLogModified':
      return { ...flowLog, status: flowLog.started ? 'Active' : 'Inactive' };
    case 'DeliveryStopped':
      return { ...flowLog, delivery: 'Stopped', stalledBy: '' };
    case 'DeliveryStalled':
      return { ...flowLog, delivery: 'Stalled', stalledBy: data.message };
    case 'DeliveryDegraded':
      return { ...flowLog, delivery: 'Degraded', stalledBy: '' };
    case 'DeliveryRecovered':
      return { ...flowLog, delivery: 'Delivering', stalledBy: '' };
    case 'FlowLogResourceDeleted':
      return { ...flowLog, resourceDeleted: true };
  }
}
