import { Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ListCoveredInterfaces } from '@flowledger/collection-scope';
import { FlowLogRejected, GetFlowLogEvents } from '@flowledger/flow-log';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { withETag } from '../../http/written';
import { FlowLogPresenter } from '../../presentation';
import { PageQuery, pageAndFilter } from '../members/page.query';
import { Reads, Resource } from '../members/routes';
import { CoveredInterfaceResource } from '../network/interface-collection.resource';
import { AuditEventResource } from '../operations/audit-event.resource';
import { DeliveryResource } from './delivery.resource';
import { FlowLogResource } from './flow-log.resource';
import { AsOfQuery, FlowLogsQuery, ScopeQuery } from './flow-log.queries';

@Resource('flow-logs', 'Flow logs')
export class FlowLogsController {
  constructor(
    private readonly flowLogs: FlowLogPresenter,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Reads('List flow logs as they are or as they were, newest first', { page: FlowLogResource })
  list(@CurrentPrincipal() { accountId }: Principal, @Query() { asOf, ...query }: FlowLogsQuery) {
    return this.flowLogs.page(accountId, { ...pageAndFilter(query), ...(asOf !== undefined && { asOf }) });
  }

  @Get(':flowLogId')
  @Reads('Get a flow log, as it is or as it was', FlowLogResource, 404)
  async get(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('flowLogId') flowLogId: string,
    @Query() { asOf }: AsOfQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const flowLog = await this.flowLogs.one(accountId, flowLogId, asOf);
    return asOf === undefined ? withETag(reply, flowLog) : flowLog;
  }

  @Get(':flowLogId/network-interfaces')
  @Reads('The collection scope: which interfaces it covers, and why', { page: CoveredInterfaceResource }, 404)
  async interfaces(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('flowLogId') flowLogId: string,
    @Query() { limit, after, asOf }: ScopeQuery,
  ) {
    const page = await this.queries.execute(
      new ListCoveredInterfaces(accountId, flowLogId, { limit, after }, asOf),
    );
    if (!page) throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId}`);
    return page;
  }

  @Get(':flowLogId/delivery')
  @Reads('The label and the honest state side by side, and where the entries are', DeliveryResource, 404)
  delivery(@CurrentPrincipal() { accountId }: Principal, @Param('flowLogId') flowLogId: string) {
    return this.flowLogs.delivery(accountId, flowLogId);
  }

  @Get(':flowLogId/events')
  @Reads('The audit trail, oldest first', { page: AuditEventResource }, 404)
  events(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('flowLogId') flowLogId: string,
    @Query() { limit, after }: PageQuery,
  ) {
    return this.queries.execute(new GetFlowLogEvents(accountId, flowLogId, { limit, after }));
  }
}
