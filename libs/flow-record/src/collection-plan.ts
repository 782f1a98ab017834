/** Minutes. */
export type AggregationInterval = 1 | 5 | 10;

/** What the control plane tells the data plane, whole, each time something changes. */
export interface CollectionPlan {
  /** Grows by one with each plan. */
  readonly version: number;
  /** Text of the log position it covers. */
  readonly position: string;
  readonly interfaces: readonly PlannedInterface[];
  readonly deliveries: readonly PlannedDelivery[];
  readonly logstores: readonly PlannedLogstore[];
}

export interface PlannedInterface {
  readonly accountId: string;
  readonly regionId: string;
  readonly networkInterfaceId: string;
  readonly vSwitchId: string;
  readonly vpcId: string;
  /** `''`: none. */
  readonly instanceId: string;
  readonly addresses: readonly string[];
  /** Ascending by `from`; the last one is the last acknowledged configuration. */
  readonly schedule: readonly CollectionPeriod[];
}

export interface CollectionPeriod {
  /** Unix seconds, a window edge of the old and the new interval (DD-25). */
  readonly from: number;
  /** The shortest of the flow logs' intervals (DD-04); null: not collected. */
  readonly aggregationInterval: AggregationInterval | null;
  readonly flowLogs: readonly PlannedFlowLog[];
}

export interface PlannedFlowLog {
  readonly flowLogId: string;
  readonly trafficType: 'All' | 'Allow' | 'Drop';
  readonly trafficPath: readonly string[];
  /** `IPv4` or `DualStack`. */
  readonly ipVersion: string;
}

export interface PlannedDelivery {
  readonly flowLogId: string;
  readonly accountId: string;
  /** Internal id of the logstore; null: hold in the spool. */
  readonly logstoreId: string | null;
  readonly state: 'deliver' | 'hold' | 'drain' | 'discard';
}

export interface PlannedLogstore {
  readonly logstoreId: string;
  readonly accountId: string;
  readonly ttlDays: number;
  readonly deleted: boolean;
}
