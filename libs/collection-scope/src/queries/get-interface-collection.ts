import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Clock, EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import type { InterfaceCollection } from '../domain/coverage';
import { interfaceCollection, scopeAsOf } from './scope-at';

/**
 * What is collected on an ENI, what comes next, and which flow logs decide it; undefined for an unknown ENI.
 * @throws FlowLogRejected InvalidParameter, ReplayTooLong
 */
export class GetInterfaceCollection extends Query<InterfaceCollection | undefined> {
  constructor(
    readonly accountId: string,
    readonly networkInterfaceId: string,
    /** ISO time or text of a position; now when absent. */
    readonly asOf?: string,
  ) {
    super();
  }
}

@QueryHandler(GetInterfaceCollection)
export class GetInterfaceCollectionHandler implements IQueryHandler<GetInterfaceCollection> {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly clock: Clock,
    private readonly events: EventStore,
  ) {}

  async execute({
    accountId,
    networkInterfaceId,
    asOf,
  }: GetInterfaceCollection): Promise<InterfaceCollection | undefined> {
    const scope =
      asOf === undefined
        ? { readModels: this.readModels, now: this.clock.now() }
        : await scopeAsOf(this.events, accountId, asOf);
    return interfaceCollection(scope, accountId, networkInterfaceId);
  }
}
