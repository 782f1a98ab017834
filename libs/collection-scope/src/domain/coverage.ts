import type { AggregationInterval } from '@flowledger/flow-record';
import { canBeCollected } from './instance-families';
import { scheduleOf } from './schedule';
import type { ScopeFlowLog, ScopeInterface } from './scope';

export type CoverageReason = 'Included' | 'FlowLogNotStarted' | 'InstanceFamilyNotSupported';

/** Why a flow log on the interface, its vSwitch or its VPC does or does not record the interface. */
export function coverageReason(networkInterface: ScopeInterface, flowLog: ScopeFlowLog): CoverageReason {
  if (!canBeCollected(networkInterface.instanceType)) return 'InstanceFamilyNotSupported';
  const asked = flowLog.asked.at(-1);
  return asked === undefined || asked.aggregationInterval === null ? 'FlowLogNotStarted' : 'Included';
}

export interface InterfaceCollection {
  readonly networkInterfaceId: string;
  /** Minutes; null while it is not collected. */
  readonly effectiveInterval: AggregationInterval | null;
  /** What comes at the next edge, and when (ISO 8601); null when nothing changes. */
  readonly next: { readonly effectiveInterval: AggregationInterval | null; readonly from: string } | null;
  readonly flowLogs: readonly {
    readonly flowLogId: string;
    readonly aggregationInterval: AggregationInterval;
    readonly status: ScopeFlowLog['status'];
    readonly included: boolean;
    readonly reason: CoverageReason;
  }[];
}

export function collectionOf(
  networkInterface: ScopeInterface,
  flowLogs: readonly ScopeFlowLog[],
  now: string,
): InterfaceCollection {
  const [current, next] = scheduleOf(networkInterface, flowLogs, now);
  return {
    networkInterfaceId: networkInterface.networkInterfaceId,
    effectiveInterval: current!.aggregationInterval,
    next: next
      ? { effectiveInterval: next.aggregationInterval, from: new Date(next.from * 1000).toISOString() }
      : null,
    flowLogs: flowLogs
      .filter(({ status }) => status !== 'Deleted')
      .map((flowLog) => {
        const { flowLogId, aggregationInterval, status } = flowLog;
        const reason = coverageReason(networkInterface, flowLog);
        return { flowLogId, aggregationInterval, status, included: reason === 'Included', reason };
      }),
  };
}
