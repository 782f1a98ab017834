import { UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { GetFlowLogEvents } from '@flowledger/flow-log';
import type { FlowLogFilter } from '@flowledger/flow-log';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { CurrentPrincipal } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { FlowLogPresenter } from '../../presentation';
import { FlowLogFilterInput } from '../inputs/flow-log.inputs';
import { AsOf } from '../schema/as-of.args';
import { FlowLogEventConnection } from '../schema/audit.types';
import { connectionOf } from '../schema/connection';
import { DeliveryReport } from '../schema/delivery-report.types';
import { FlowLog, FlowLogConnection } from '../schema/flow-log.types';
import { PageArgs, pageOf } from '../schema/page.args';
import type { PageRequest } from '../schema/page.args';
import { plain } from '../schema/plain';

@Resolver()
@UseGuards(AuthenticationGuard)
export class FlowLogQueriesResolver {
  constructor(
    private readonly presenter: FlowLogPresenter,
    private readonly queries: QueryBus,
  ) {}

  @Query(() => FlowLog)
  flowLog(
    @CurrentPrincipal() { accountId }: Principal,
    @Args('id', { type: () => ID }) id: string,
    @AsOf() asOf: string | null,
  ) {
    return this.presenter.one(accountId, id, asOf ?? undefined);
  }

  @Query(() => FlowLogConnection, { description: 'Newest first.' })
  async flowLogs(
    @CurrentPrincipal() { accountId }: Principal,
    @Args('filter', { type: () => FlowLogFilterInput, nullable: true }) filter: FlowLogFilter | null,
    @Args({ type: () => PageArgs }) page: PageRequest,
    @AsOf() asOf: string | null,
  ) {
    const asked = { ...(filter && { filter: plain(filter) }), ...(asOf !== null && { asOf }) };
    const options = { ...pageOf(page), ...asked };
    return connectionOf(await this.presenter.page(accountId, options), options.after);
  }

  @Query(() => FlowLogEventConnection, {
    description: 'The audit trail, oldest first, also after the deletion.',
  })
  async flowLogEvents(
    @CurrentPrincipal() { accountId }: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args({ type: () => PageArgs }) page: PageRequest,
  ) {
    const options = pageOf(page);
    const found = await this.queries.execute(new GetFlowLogEvents(accountId, id, options));
    return connectionOf(found, options.after, ({ position }) => position);
  }

  @Query(() => DeliveryReport)
  delivery(@CurrentPrincipal() { accountId }: Principal, @Args('id', { type: () => ID }) id: string) {
    return this.presenter.delivery(accountId, id);
  }
}
