import { UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { GetLogstore, GetProject, ListLogstores, ListProjects } from '@flowledger/log-service';
import { maxQueryLimit, parseQuery } from '@flowledger/log-store';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { InvalidInput } from '../../http/http-errors';
import { CurrentPrincipal } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { StoredLogs } from '../../ports';
import { connectionOf } from '../schema/connection';
import {
  Entries,
  Logstore,
  LogstoreConnection,
  Project,
  ProjectConnection,
} from '../schema/log-service.types';
import { PageArgs, pageOf, pageSize } from '../schema/page.args';
import type { PageRequest } from '../schema/page.args';
import { UnixSeconds } from '../schema/scalars';

@Resolver(() => Project)
@UseGuards(AuthenticationGuard)
export class LogServiceQueriesResolver {
  constructor(
    private readonly queries: QueryBus,
    private readonly logs: StoredLogs,
  ) {}

  @Query(() => Project)
  project(@CurrentPrincipal() { accountId }: Principal, @Args('name', { type: () => String }) name: string) {
    return this.queries.execute(new GetProject(accountId, name));
  }

  @Query(() => ProjectConnection)
  async projects(
    @CurrentPrincipal() { accountId }: Principal,
    @Args({ type: () => PageArgs }) page: PageRequest,
  ) {
    const options = pageOf(page);
    return connectionOf(await this.queries.execute(new ListProjects(accountId, options)), options.after);
  }

  @ResolveField(() => LogstoreConnection)
  async logstores(
    @Parent() { accountId, projectName }: Project,
    @Args({ type: () => PageArgs }) page: PageRequest,
  ) {
    const options = pageOf(page);
    const found = await this.queries.execute(new ListLogstores(accountId, projectName, options));
    return connectionOf(found, options.after);
  }

  @Query(() => Logstore)
  logstore(
    @CurrentPrincipal() { accountId }: Principal,
    @Args('project', { type: () => String }) project: string,
    @Args('name', { type: () => String }) name: string,
  ) {
    return this.queries.execute(new GetLogstore(accountId, project, name));
  }

  @Query(() => Entries, { description: 'Log entries whose `__time__` is in the range, oldest first.' })
  async entries(
    @CurrentPrincipal() { accountId }: Principal,
    @Args('project', { type: () => String }) project: string,
    @Args('logstore', { type: () => String }) name: string,
    @Args('from', { type: () => UnixSeconds }) from: number,
    @Args('to', { type: () => UnixSeconds, description: 'Exclusive.' }) to: number,
    @Args('query', {
      type: () => String,
      defaultValue: '*',
      description: '`*`, or `key:value` joined by `and`.',
    })
    query: string,
    @Args('first', { type: () => Int, defaultValue: 100, description: `1 to ${maxQueryLimit}.` })
    first: number,
    @Args('offset', { type: () => Int, defaultValue: 0 }) offset: number,
  ) {
    const limit = pageSize(first, maxQueryLimit);
    if (offset < 0) throw new InvalidInput([{ path: 'offset', message: 'must not be negative' }]);
    const { logstoreId } = await this.queries.execute(new GetLogstore(accountId, project, name));
    return this.logs.query(logstoreId, { from, to, conditions: parseQuery(query), limit, offset });
  }
}
