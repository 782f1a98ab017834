/** Words of the domain, as the API spells them (flow log reference, sections 1 and 4). */
export const resourceTypes = ['VPC', 'VSwitch', 'NetworkInterface'] as const;
export type ResourceType = (typeof resourceTypes)[number];

export const trafficTypes = ['All', 'Allow', 'Drop'] as const;
export type TrafficType = (typeof trafficTypes)[number];

/** Minutes. */
export const aggregationIntervals = [1, 5, 10] as const;
export type AggregationInterval = (typeof aggregationIntervals)[number];

export const ipVersions = ['IPv4', 'DualStack'] as const;
export type IpVersion = (typeof ipVersions)[number];

export type FlowLogStatus = 'Activating' | 'Active' | 'Deactivating' | 'Inactive' | 'Modifying' | 'Deleting';
export type DeliverStatus = 'SUCCESS' | 'FAILED';
/** The honest state, beside the label that the cloud shows. */
export type DeliveryState = 'Idle' | 'Delivering' | 'Degraded' | 'Stalled' | 'Stopped';
export type StopReason = 'LogstoreDeleted' | 'ProjectDeleted';

/** Everything but name and description; immutable apart from interval, IP version and resource group. */
export interface FlowLogSettings {
  readonly regionId: string;
  readonly resourceType: ResourceType;
  readonly resourceId: string;
  /** The VPC that the resource is or lies in. */
  readonly vpcId: string;
  readonly trafficType: TrafficType;
  readonly trafficPath: readonly string[];
  readonly aggregationInterval: AggregationInterval;
  readonly ipVersion: IpVersion;
  readonly projectName: string;
  readonly logstoreName: string;
  readonly resourceGroupId: string;
}

/** Free text that may name people: kept together so that it can be erased without touching anything else. */
export interface FlowLogText {
  readonly name: string;
  readonly description: string;
}

export interface FlowLogTag {
  readonly key: string;
  readonly value: string;
}
