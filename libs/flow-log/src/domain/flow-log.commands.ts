import type { FlowLogTarget } from './flow-log-registry.events';
import type { DeliveryStalled } from './flow-log.events';
import type { FlowLogSettings, FlowLogTag, FlowLogText, StopReason } from './flow-log.values';

/** What every operator's command names: the flow log, who asks, and the settings' revision it was shown. */
export interface FlowLogAddress {
  readonly flowLogId: string;
  readonly accountId: string;
  /** `revision` of the flow log that the caller saw; refused with RevisionMismatch when it has moved on. */
  readonly ifRevision?: number;
}

export interface FlowLogChanges {
  readonly name?: string;
  readonly description?: string;
  /** Minutes. */
  readonly aggregationInterval?: number;
  readonly ipVersion?: string;
  readonly resourceGroupId?: string;
}

/** What an operator orders. */
export type FlowLogOrder =
  /** `logstoreId` of the target as it exists now, null when it does not. */
  | ({ readonly type: 'StartFlowLog'; readonly logstoreId: string | null } & FlowLogAddress)
  | ({ readonly type: 'StopFlowLog' } & FlowLogAddress)
  | ({ readonly type: 'ChangeFlowLog'; readonly changes: FlowLogChanges } & FlowLogAddress)
  | ({ readonly type: 'TagFlowLog'; readonly tags: readonly FlowLogTag[] } & FlowLogAddress)
  | ({ readonly type: 'DeleteFlowLog' } & FlowLogAddress);

/** What the saga and the data plane tell: late, repeated or out of order they change nothing. */
export type FlowLogProgress =
  | { readonly type: 'ActivateFlowLog'; readonly flowLogId: string }
  | { readonly type: 'DeactivateFlowLog'; readonly flowLogId: string }
  | { readonly type: 'CompleteModification'; readonly flowLogId: string }
  | { readonly type: 'CompleteDeletion'; readonly flowLogId: string; readonly expiredEntries: number }
  /** Only while it is bound to this logstore. */
  | {
      readonly type: 'StopDelivery';
      readonly flowLogId: string;
      readonly logstoreId: string;
      readonly reason: StopReason;
    }
  | {
      readonly type: 'StallDelivery';
      readonly flowLogId: string;
      readonly message: DeliveryStalled['data']['message'];
      readonly detail: string;
    }
  | { readonly type: 'DegradeDelivery'; readonly flowLogId: string; readonly detail: string }
  | { readonly type: 'RecoverDelivery'; readonly flowLogId: string }
  | { readonly type: 'ResourceGone'; readonly flowLogId: string; readonly resourceId: string };

/** Follows from the reservation; a second time it changes nothing. */
export interface CreateReservedFlowLog {
  readonly type: 'CreateFlowLog';
  readonly flowLogId: string;
  readonly accountId: string;
  readonly settings: FlowLogSettings;
  readonly text: FlowLogText;
  readonly tags: readonly FlowLogTag[];
  readonly logstoreId: string | null;
}

export type FlowLogCommand = CreateReservedFlowLog | FlowLogOrder | FlowLogProgress;

/** What the operator fills in; checked word by word by the registry, so plain strings. */
export interface FlowLogRequest {
  readonly name?: string;
  readonly description?: string;
  /** The resource's own region when absent. */
  readonly regionId?: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly trafficType: string;
  readonly trafficPath?: readonly string[];
  /** Minutes; 10 when absent. */
  readonly aggregationInterval?: number;
  readonly ipVersion?: string;
  readonly projectName: string;
  readonly logstoreName: string;
  readonly createProject?: boolean;
  readonly createLogstore?: boolean;
  readonly enableLogAnalysisReport?: FlowLogTarget['enableLogAnalysisReport'];
  readonly resourceGroupId?: string;
  readonly tags?: readonly FlowLogTag[];
}
