import { Body, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { CommandContext } from '@flowledger/event-sourcing';
import {
  ChangeLogstoreRetention,
  CreateLogstore,
  DeleteLogstore,
  GetLogstore,
  ListLogstores,
} from '@flowledger/log-service';
import type { FastifyReply } from 'fastify';
import { CurrentCommandContext, IfMatch } from '../../http/command-context';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { withETag, Written } from '../../http/written';
import { presentLogstore } from '../../presentation';
import { pageAndFilter } from '../members/page.query';
import { Reads, Resource, Writes } from '../members/routes';
import { ChangeLogstoreBody, CreateLogstoreBody, LogstoreResource, LogstoresQuery } from './logstore.members';

@Resource('projects/:projectName/logstores', 'Log service')
export class LogstoresController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly written: Written,
  ) {}

  @Post()
  @RequiresRole('operator')
  @Writes('Create a logstore', 201, LogstoreResource, 404, 409)
  async create(
    @CurrentCommandContext() context: CommandContext,
    @Param('projectName') projectName: string,
    @Body() { logstoreName, ttl }: CreateLogstoreBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = new CreateLogstore(context, { projectName, logstoreName, ttl });
    const { position } = await this.commands.execute(command);
    reply.header('Location', `/api/v1/projects/${projectName}/logstores/${logstoreName}`);
    return this.written.answer(reply, position, () =>
      this.shown(context.accountId, projectName, logstoreName),
    );
  }

  @Get()
  @Reads('List the logstores of a project', { page: LogstoreResource }, 404)
  async list(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('projectName') projectName: string,
    @Query() query: LogstoresQuery,
  ) {
    const page = await this.queries.execute(new ListLogstores(accountId, projectName, pageAndFilter(query)));
    return { ...page, items: page.items.map(presentLogstore) };
  }

  @Get(':logstoreName')
  @Reads('Get a logstore', LogstoreResource, 404)
  async get(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('projectName') projectName: string,
    @Param('logstoreName') logstoreName: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.shown(accountId, projectName, logstoreName));
  }

  @Patch(':logstoreName')
  @RequiresRole('operator')
  @Writes('Change how long entries are kept', 200, LogstoreResource, 404, 412)
  async change(
    @CurrentCommandContext() context: CommandContext,
    @Param('projectName') projectName: string,
    @Param('logstoreName') logstoreName: string,
    @Body() { ttl }: ChangeLogstoreBody,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = { projectName, logstoreName, ttl, ifRevision };
    const { position } = await this.commands.execute(new ChangeLogstoreRetention(context, input));
    return this.written.answer(reply, position, () =>
      this.shown(context.accountId, projectName, logstoreName),
    );
  }

  @Delete(':logstoreName')
  @RequiresRole('operator')
  @Writes('Delete a logstore with all entries', 204, undefined, 404, 412)
  async delete(
    @CurrentCommandContext() context: CommandContext,
    @Param('projectName') projectName: string,
    @Param('logstoreName') logstoreName: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = new DeleteLogstore(context, { projectName, logstoreName, ifRevision });
    const { position } = await this.commands.execute(command);
    await this.written.gone(reply, position);
  }

  private async shown(accountId: string, projectName: string, logstoreName: string) {
    return presentLogstore(await this.queries.execute(new GetLogstore(accountId, projectName, logstoreName)));
  }
}
