import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Clock, EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import type { Page } from '@flowledger/event-sourcing';
import type { AggregationInterval } from '@flowledger/flow-record';
import { coverageReason } from '../domain/coverage';
import type { CoverageReason } from '../domain/coverage';
import { scopeFlowLogs } from '../projections/scope-flow-logs.projection';
import { scopeInterfaces } from '../projections/scope-interfaces.projection';
import { interfaceCollection, scopeAsOf } from './scope-at';

export interface CoveredInterface {
  readonly networkInterfaceId: string;
  readonly vSwitchId: string;
  readonly vpcId: string;
  readonly instanceId: string;
  readonly included: boolean;
  readonly reason: CoverageReason;
  readonly effectiveInterval: AggregationInterval | null;
}

/**
 * The collection scope of a flow log ("View ENI Collection Scope"); undefined for an unknown flow log.
 * @throws FlowLogRejected InvalidParameter, ReplayTooLong
 */
export class ListCoveredInterfaces extends Query<Page<CoveredInterface> | undefined> {
  constructor(
    readonly accountId: string,
    readonly flowLogId: string,
    readonly page: { readonly limit: number; readonly after?: string },
    /** ISO time or text of a position; now when absent. */
    readonly asOf?: string,
  ) {
    super();
  }
}

@QueryHandler(ListCoveredInterfaces)
export class ListCoveredInterfacesHandler implements IQueryHandler<ListCoveredInterfaces> {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly clock: Clock,
    private readonly events: EventStore,
  ) {}

  async execute({
    accountId,
    flowLogId,
    page,
    asOf,
  }: ListCoveredInterfaces): Promise<Page<CoveredInterface> | undefined> {
    const scope =
      asOf === undefined
        ? { readModels: this.readModels, now: this.clock.now() }
        : await scopeAsOf(this.events, accountId, asOf);
    const flowLog = await scope.readModels.get(scopeFlowLogs, accountId, flowLogId);
    if (!flowLog || flowLog.status === 'Deleted') return undefined;
    const by = { VPC: 'vpcId', VSwitch: 'vSwitchId', NetworkInterface: 'networkInterfaceId' } as const;
    const covered = await scope.readModels.find(scopeInterfaces, accountId, {
      filter: { [by[flowLog.resourceType]]: flowLog.resourceId },
      ...page,
    });
    const items = await Promise.all(
      covered.items.map(async (networkInterface) => {
        const { networkInterfaceId, vSwitchId, vpcId, instanceId } = networkInterface;
        const reason = coverageReason(networkInterface, flowLog);
        const collection = await interfaceCollection(scope, accountId, networkInterfaceId);
        const effectiveInterval = collection?.effectiveInterval ?? null;
        return {
          networkInterfaceId,
          vSwitchId,
          vpcId,
          instanceId,
          included: reason === 'Included',
          reason,
          effectiveInterval,
        };
      }),
    );
    return { items, nextCursor: covered.nextCursor };
  }
}
