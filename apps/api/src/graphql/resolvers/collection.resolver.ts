import { QueryBus } from '@nestjs/cqrs';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { GetInterfaceCollection, ListCoveredInterfaces } from '@flowledger/collection-scope';
import { FlowLogRejected } from '@flowledger/flow-log';
import { Collection, ScopeInterfaceConnection } from '../schema/collection.types';
import { connectionOf } from '../schema/connection';
import { FlowLog } from '../schema/flow-log.types';
import { NetworkInterface } from '../schema/network.types';
import { PageArgs, pageOf } from '../schema/page.args';
import type { PageRequest } from '../schema/page.args';

/** The members of a network interface that another lib knows. */
@Resolver(() => NetworkInterface)
export class InterfaceCollectionResolver {
  constructor(private readonly queries: QueryBus) {}

  @ResolveField(() => Collection, { nullable: true })
  collection(@Parent() { accountId, networkInterfaceId }: NetworkInterface) {
    return this.queries.execute(new GetInterfaceCollection(accountId, networkInterfaceId));
  }
}

/** The collection scope of a flow log. */
@Resolver(() => FlowLog)
export class FlowLogScopeResolver {
  constructor(private readonly queries: QueryBus) {}

  @ResolveField(() => ScopeInterfaceConnection, { description: 'Its collection scope, as it is now.' })
  async networkInterfaces(
    @Parent() { accountId, flowLogId }: FlowLog,
    @Args({ type: () => PageArgs }) page: PageRequest,
  ) {
    const options = pageOf(page);
    const found = await this.queries.execute(new ListCoveredInterfaces(accountId, flowLogId, options));
    if (!found) throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId}`);
    return connectionOf(found, options.after);
  }
}
