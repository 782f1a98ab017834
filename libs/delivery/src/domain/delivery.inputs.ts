import type {
  FlowLogCreated,
  FlowLogDeletionStarted,
  FlowLogIntervalChanged,
  FlowLogIpVersionChanged,
  FlowLogProgress,
  FlowLogStarted,
  FlowLogStopped,
} from '@flowledger/flow-log';
import type { LogstoreDeleted, ProjectDeleted } from '@flowledger/log-service';
import type { NetworkInterfaceDeleted, VSwitchDeleted, VpcDeleted } from '@flowledger/network';
import type { DeliveryReportEvent } from './delivery-report.events';

export type DeliveryInput =
  | FlowLogCreated
  | FlowLogStarted
  | FlowLogStopped
  | FlowLogIntervalChanged
  | FlowLogIpVersionChanged
  | FlowLogDeletionStarted
  | LogstoreDeleted
  | ProjectDeleted
  | VpcDeleted
  | VSwitchDeleted
  | NetworkInterfaceDeleted
  | DeliveryReportEvent;

/** What the saga sends to the flow log; {@link FlowLogProgress} is never refused. */
export type DeliveryCommand = FlowLogProgress;

/** Which command follows when the collector has acknowledged a plan that covers the event. */
export const completions = {
  FlowLogCreated: 'ActivateFlowLog',
  FlowLogStarted: 'ActivateFlowLog',
  FlowLogStopped: 'DeactivateFlowLog',
  FlowLogIntervalChanged: 'CompleteModification',
  FlowLogIpVersionChanged: 'CompleteModification',
} as const satisfies Partial<Record<DeliveryInput['type'], DeliveryCommand['type']>>;

export type AwaitsPlan = keyof typeof completions;

export const awaitsPlan = (type: string): type is AwaitsPlan => Object.hasOwn(completions, type);
