import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Clock, ReadModelStore } from '@flowledger/event-sourcing';
import { collectionOf } from '../domain/coverage';
import type { InterfaceCollection } from '../domain/coverage';
import { scopeFlowLogs } from '../projections/scope-flow-logs.projection';
import { scopeInterfaces } from '../projections/scope-interfaces.projection';

/** What is collected on an ENI, what comes next, and which flow logs decide it; undefined for an unknown ENI. */
export class GetInterfaceCollection extends Query<InterfaceCollection | undefined> {
  constructor(
    readonly accountId: string,
    readonly networkInterfaceId: string,
  ) {
    super();
  }
}

@QueryHandler(GetInterfaceCollection)
export class GetInterfaceCollectionHandler implements IQueryHandler<GetInterfaceCollection> {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly clock: Clock,
  ) {}

  async execute({
    accountId,
    networkInterfaceId,
  }: GetInterfaceCollection): Promise<InterfaceCollection | undefined> {
    const networkInterface = await this.readModels.get(scopeInterfaces, accountId, networkInterfaceId);
    if (!networkInterface) return undefined;
    const { vSwitchId, vpcId } = networkInterface;
    // A resource has at most a flow log for each traffic path, so three resources fit in one page.
    const { items } = await this.readModels.find(scopeFlowLogs, accountId, {
      filter: { resourceId: { in: [networkInterfaceId, vSwitchId, vpcId] } },
      limit: 1_000,
    });
    return collectionOf(networkInterface, items, this.clock.now());
  }
}
