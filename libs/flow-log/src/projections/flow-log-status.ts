import type { ReadModel } from '@flowledger/event-sourcing';
import type {
  DeliverStatus,
  DeliveryState,
  FlowLogSettings,
  FlowLogStatus,
  FlowLogTag,
  StopReason,
} from '../domain/flow-log.values';

/** Empty while entries arrive. The three words of a stalled delivery are those the cloud's label shows. */
export type DeliveryReason =
  | ''
  /** Activating for the first time, or again. */
  | 'Starting'
  | 'NotStarted'
  | 'Deleting'
  | 'ResourceDeleted'
  | StopReason
  | 'Retrying'
  | 'UnavaliableTarget'
  | 'ProjectNotExist'
  | 'UnknownError';

/** The honest state. */
export interface HonestDelivery {
  readonly state: DeliveryState;
  /** ISO 8601: when the state was entered. */
  readonly since: string;
  readonly reason: DeliveryReason;
  /** In the destination's own words; may be empty. */
  readonly detail: string;
}

/** A flow log as the public interface shows it, without gauges, plus three members for the service itself. */
export interface FlowLogDocument extends FlowLogSettings {
  readonly flowLogId: string;
  readonly accountId: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly FlowLogTag[];
  readonly status: FlowLogStatus;
  /** The label that the cloud shows: FAILED for a stalled delivery, never for the silent stop. */
  readonly deliverStatus: DeliverStatus;
  readonly deliverErrorMessage: '' | 'UnavaliableTarget' | 'ProjectNotExist' | 'UnknownError';
  readonly delivery: HonestDelivery;
  /** `delivery.state`, where lists can filter by it. */
  readonly health: DeliveryState;
  readonly businessStatus: 'Normal';
  readonly serviceType: string;
  readonly createdAt: string;
  /** Of the settings: the ETag. */
  readonly revision: number;
  /** The logstore it is bound to; null when there is none. */
  readonly logstoreId: string | null;
  /** Whether it collects, or will when the modification that is under way is over. */
  readonly started: boolean;
  readonly resourceDeleted: boolean;
  /** What it waits for in Activating, Deactivating and Modifying: a plan that covers this event. */
  readonly awaits: { readonly eventId: string; readonly position: string } | null;
}

export const flowLogStatus: ReadModel<FlowLogDocument> = {
  name: 'flow-log-status',
  version: 1,
  fields: [
    'flowLogId',
    'name',
    'resourceType',
    'resourceId',
    'vpcId',
    'trafficType',
    'projectName',
    'logstoreName',
    'status',
    'health',
    'createdAt',
    'logstoreId',
  ],
};
