import type { AggregationInterval } from '@flowledger/flow-record';
import type { FlowLogStatus, IpVersion, ResourceType, TrafficType } from '@flowledger/flow-log';

/** An ENI as far as collection is concerned. */
export interface ScopeInterface {
  readonly networkInterfaceId: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly addresses: readonly string[];
  readonly instanceId: string;
  readonly instanceType: string;
  /** Whether its traffic can be collected at all, and since when; oldest first, see {@link remember}. */
  readonly collectable: readonly { readonly at: string; readonly collectable: boolean }[];
}

/** A flow log as far as collection and delivery are concerned. */
export interface ScopeFlowLog {
  readonly flowLogId: string;
  readonly accountId: string;
  readonly resourceType: ResourceType;
  readonly resourceId: string;
  readonly vpcId: string;
  readonly trafficType: TrafficType;
  readonly trafficPath: readonly string[];
  readonly aggregationInterval: AggregationInterval;
  readonly ipVersion: IpVersion;
  readonly status: FlowLogStatus | 'Deleted';
  /** When its status, settings or target changed last. */
  readonly changedAt: string;
  /** Where entries go; null while delivery is stopped. */
  readonly logstoreId: string | null;
  /** What it asked of the collector, and since when; oldest first, see {@link remember}. */
  readonly asked: readonly AskedCollection[];
}

export interface AskedCollection {
  readonly at: string;
  /** null: nothing, it is stopped. */
  readonly aggregationInterval: AggregationInterval | null;
  readonly ipVersion: IpVersion;
}

const longestWindow = 10 * 60_000;

/**
 * A history with `change` at its end. What was superseded more than one longest window before the change can no longer
 * decide which window is open, so it is forgotten.
 */
export function remember<Change extends { readonly at: string }>(
  history: readonly Change[],
  change: Change,
): Change[] {
  const horizon = Date.parse(change.at) - longestWindow;
  const kept = history.filter((_, index) => {
    const next = history[index + 1];
    return next === undefined || Date.parse(next.at) >= horizon;
  });
  return [...kept, change];
}

/** The change in force at a time; undefined before the first. */
export const inForce = <Change extends { readonly at: string }>(
  history: readonly Change[],
  at: string,
): Change | undefined => history.findLast((change) => change.at <= at);
