import { QueryBus } from '@nestjs/cqrs';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { GetInterfaceCollection, ListCoveredInterfaces } from '@flowledger/collection-scope';
import { FlowLogRejected } from '@flowledger/flow-log';
import { AsOf } from '../schema/as-of.args';
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
  collection(@Parent() { accountId, networkInterfaceId }: NetworkInterface, @AsOf() asOf: string | null) {
    return this.queries.execute(new GetInterfaceCollection(accountId, networkInterfaceId, asOf ?? undefined));
  }
}

/** The collection scope of a flow log. */
@Resolver(() => FlowLog)
export class FlowLogScopeResolver {
  constructor(private readonly queries: QueryBus) {}

  @ResolveField(() => ScopeInterfaceConnection, {
    description: 'Its collection scope, as it is now, or as it was.',
  })
  async networkInterfaces(
    @Parent() { accountId, flowLogId }: FlowLog,
    @Args({ type: () => PageArgs }) page: PageRequest,
    @AsOf() asOf: string | null,
  ) {
    const options = pageOf(page);
    const query = new ListCoveredInterfaces(accountId, flowLogId, options, asOf ?? undefined);
    const found = await this.queries.execute(query);
    if (!found) throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId}`);
    return connectionOf(found, options.after);
  }
}
