import type { Event } from '@flowledger/event-sourcing';
import type { FlowLogSettings, FlowLogTag, FlowLogText, StopReason } from './flow-log.values';

/** Stream `flowLog-<flowLogId>`: one flow log's life. */
export const flowLogStream = (flowLogId: string): string => `flowLog-${flowLogId}`;

/** Creation starts collection: the flow log is Activating. `logstoreId` is the logstore it is bound to, null when there is none. */
export type FlowLogCreated = Event<
  'FlowLogCreated',
  {
    flowLogId: string;
    settings: FlowLogSettings;
    text: FlowLogText;
    tags: FlowLogTag[];
    serviceType: string;
    logstoreId: string | null;
    /** The owner: a command of another account finds nothing. */
    accountId: string;
  }
>;

/** Start was asked for; the flow log is Activating and bound to this logstore from now on. */
export type FlowLogStarted = Event<'FlowLogStarted', { flowLogId: string; logstoreId: string }>;
/** The collector has acknowledged a plan that contains it: Active. */
export type FlowLogActivated = Event<'FlowLogActivated', { flowLogId: string }>;
/** Stop was asked for: Deactivating. */
export type FlowLogStopped = Event<'FlowLogStopped', { flowLogId: string }>;
/** The collector has acknowledged a plan without it: Inactive. */
export type FlowLogDeactivated = Event<'FlowLogDeactivated', { flowLogId: string }>;

export type FlowLogIntervalChanged = Event<
  'FlowLogIntervalChanged',
  {
    flowLogId: string;
    from: FlowLogSettings['aggregationInterval'];
    to: FlowLogSettings['aggregationInterval'];
  }
>;
export type FlowLogIpVersionChanged = Event<
  'FlowLogIpVersionChanged',
  { flowLogId: string; from: FlowLogSettings['ipVersion']; to: FlowLogSettings['ipVersion'] }
>;
/** The collector has acknowledged the changed settings: back to Active or Inactive. */
export type FlowLogModified = Event<'FlowLogModified', { flowLogId: string }>;

export type FlowLogRenamed = Event<'FlowLogRenamed', { flowLogId: string; text: { name: string } }>;
export type FlowLogDescribed = Event<
  'FlowLogDescribed',
  { flowLogId: string; text: { description: string } }
>;
export type FlowLogTagged = Event<'FlowLogTagged', { flowLogId: string; tags: FlowLogTag[] }>;
export type FlowLogMoved = Event<'FlowLogMoved', { flowLogId: string; resourceGroupId: string }>;

/** Deletion was asked for: Deleting. What the target accepts in the next 30 s is still delivered (DD-30). */
export type FlowLogDeletionStarted = Event<'FlowLogDeletionStarted', { flowLogId: string }>;
/** Gone; collected entries stay readable. `expiredEntries` waited and were given up. */
export type FlowLogDeleted = Event<
  'FlowLogDeleted',
  { flowLogId: string; key: string; expiredEntries: number }
>;

/**
 * The silent stop: the target was deleted, nothing is delivered any more, and the label the cloud shows stays
 * "Delivery Succeeded". `logstoreId` is the logstore that is gone.
 */
export type DeliveryStopped = Event<
  'DeliveryStopped',
  { flowLogId: string; logstoreId: string; reason: StopReason }
>;
/** The destination refuses or does not answer; entries wait. The label is FAILED with this message. */
export type DeliveryStalled = Event<
  'DeliveryStalled',
  { flowLogId: string; message: 'UnavaliableTarget' | 'ProjectNotExist' | 'UnknownError'; detail: string }
>;
/** Retries are needed, but entries arrive. */
export type DeliveryDegraded = Event<'DeliveryDegraded', { flowLogId: string; detail: string }>;
export type DeliveryRecovered = Event<'DeliveryRecovered', { flowLogId: string }>;
/** The VPC, vSwitch or ENI was deleted: nothing is left to collect (DD-29). */
export type FlowLogResourceDeleted = Event<
  'FlowLogResourceDeleted',
  { flowLogId: string; resourceId: string }
>;

export type FlowLogEvent =
  | FlowLogCreated
  | FlowLogStarted
  | FlowLogActivated
  | FlowLogStopped
  | FlowLogDeactivated
  | FlowLogIntervalChanged
  | FlowLogIpVersionChanged
  | FlowLogModified
  | FlowLogRenamed
  | FlowLogDescribed
  | FlowLogTagged
  | FlowLogMoved
  | FlowLogDeletionStarted
  | FlowLogDeleted
  | DeliveryStopped
  | DeliveryStalled
  | DeliveryDegraded
  | DeliveryRecovered
  | FlowLogResourceDeleted;
