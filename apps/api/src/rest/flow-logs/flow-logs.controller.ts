import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ListCoveredInterfaces } from '@flowledger/collection-scope';
import { FlowLogRejected, GetFlowLogEvents } from '@flowledger/flow-log';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { withETag } from '../../http/written';
import { FlowLogPresenter } from '../../presentation';
import { PageQuery, pageAndFilter } from '../members/page.query';
import { AsOfQuery, FlowLogsQuery } from './flow-log.queries';

@Controller('api/v1/flow-logs')
export class FlowLogsController {
  constructor(
    private readonly flowLogs: FlowLogPresenter,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  list(@CurrentPrincipal() { accountId }: Principal, @Query() query: FlowLogsQuery) {
    return this.flowLogs.page(accountId, pageAndFilter(query));
  }

  @Get(':flowLogId')
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
  async interfaces(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('flowLogId') flowLogId: string,
    @Query() { limit, after }: PageQuery,
  ) {
    const page = await this.queries.execute(
      new ListCoveredInterfaces(accountId, flowLogId, { limit, after }),
    );
    if (!page) throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId}`);
    return page;
  }

  @Get(':flowLogId/delivery')
  delivery(@CurrentPrincipal() { accountId }: Principal, @Param('flowLogId') flowLogId: string) {
    return this.flowLogs.delivery(accountId, flowLogId);
  }

  @Get(':flowLogId/events')
  events(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('flowLogId') flowLogId: string,
    @Query() { limit, after }: PageQuery,
  ) {
    return this.queries.execute(new GetFlowLogEvents(accountId, flowLogId, { limit, after }));
  }
}
