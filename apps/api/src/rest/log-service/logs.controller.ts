import { Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetLogstore } from '@flowledger/log-service';
import { parseQuery } from '@flowledger/log-store';
import type { LogQueryResult } from '@flowledger/log-store';
import { InvalidInput } from '../../http/http-errors';
import { CurrentPrincipal } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { StoredLogs } from '../../ports';
import { Reads, Resource } from '../members/routes';
import { LogsQuery, LogsResource } from './logs.members';

@Resource('projects/:projectName/logstores/:logstoreName/logs', 'Log service')
export class LogsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly logs: StoredLogs,
  ) {}

  @Get()
  @Reads('Read flow log entries', LogsResource, 404)
  async read(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('projectName') projectName: string,
    @Param('logstoreName') logstoreName: string,
    @Query() { query = '', ...range }: LogsQuery,
  ): Promise<LogQueryResult> {
    if (range.from > range.to) throw new InvalidInput([{ path: 'from', message: 'must not be after `to`' }]);
    const conditions = parseQuery(query);
    const { logstoreId } = await this.queries.execute(new GetLogstore(accountId, projectName, logstoreName));
    return this.logs.query(logstoreId, { ...range, conditions });
  }
}
