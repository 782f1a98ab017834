import type { AnyProjection, EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import { PastReadModels } from '@flowledger/flow-log';
import { collectionOf } from '../domain/coverage';
import type { InterfaceCollection } from '../domain/coverage';
import { scopeFlowLogs, scopeFlowLogsProjection } from '../projections/scope-flow-logs.projection';
import { scopeInterfaces, scopeInterfacesProjection } from '../projections/scope-interfaces.projection';

/** The collection scope at a moment: its read models, and the time by which schedules are read. */
export interface ScopeAt {
  readonly readModels: Pick<ReadModelStore, 'get' | 'find'>;
  /** ISO 8601. */
  readonly now: string;
}

/** @throws FlowLogRejected InvalidParameter, ReplayTooLong */
export async function scopeAsOf(events: EventStore, accountId: string, asOf: string): Promise<ScopeAt> {
  const projections = [scopeFlowLogsProjection, scopeInterfacesProjection] as AnyProjection[];
  const readModels = await PastReadModels.read(events, { accountId, asOf, projections });
  return { readModels, now: readModels.now };
}

export async function interfaceCollection(
  { readModels, now }: ScopeAt,
  accountId: string,
  networkInterfaceId: string,
): Promise<InterfaceCollection | undefined> {
  const networkInterface = await readModels.get(scopeInterfaces, accountId, networkInterfaceId);
  if (!networkInterface) return undefined;
  const { vSwitchId, vpcId } = networkInterface;
  // A resource has at most a flow log for each traffic path, so three resources fit in one page.
  const { items } = await readModels.find(scopeFlowLogs, accountId, {
    filter: { resourceId: { in: [networkInterfaceId, vSwitchId, vpcId] } },
    limit: 1_000,
  });
  return collectionOf(networkInterface, items, now);
}
