import { Body, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { CommandContext } from '@flowledger/event-sourcing';
import { CreateProject, DeleteProject, GetProject, ListProjects } from '@flowledger/log-service';
import type { FastifyReply } from 'fastify';
import { CurrentCommandContext, IfMatch } from '../../http/command-context';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { withETag, Written } from '../../http/written';
import { DoorOptions } from '../../ports';
import { pageAndFilter } from '../members/page.query';
import { Reads, Resource, Writes } from '../members/routes';
import { servedRegion } from '../members/served-region';
import { CreateProjectBody, ProjectResource, ProjectsQuery } from './project.members';

@Resource('projects', 'Log service')
export class ProjectsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly written: Written,
    private readonly options: DoorOptions,
  ) {}

  @Post()
  @RequiresRole('operator')
  @Writes('Create a project', 201, ProjectResource, 409)
  async create(
    @CurrentCommandContext() context: CommandContext,
    @Body() { projectName, description = '', regionId }: CreateProjectBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = { projectName, description, regionId: servedRegion(this.options, regionId) };
    const { position } = await this.commands.execute(new CreateProject(context, input));
    reply.header('Location', `/api/v1/projects/${projectName}`);
    return this.written.answer(reply, position, () =>
      this.queries.execute(new GetProject(context.accountId, projectName)),
    );
  }

  @Get()
  @Reads('List projects', { page: ProjectResource })
  list(@CurrentPrincipal() { accountId }: Principal, @Query() query: ProjectsQuery) {
    return this.queries.execute(new ListProjects(accountId, pageAndFilter(query)));
  }

  @Get(':projectName')
  @Reads('Get a project', ProjectResource, 404)
  async get(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('projectName') projectName: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.queries.execute(new GetProject(accountId, projectName)));
  }

  @Delete(':projectName')
  @RequiresRole('operator')
  @Writes('Delete a project and its logstores with all entries', 204, undefined, 404, 409, 412)
  async delete(
    @CurrentCommandContext() context: CommandContext,
    @Param('projectName') projectName: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { position } = await this.commands.execute(new DeleteProject(context, { projectName, ifRevision }));
    await this.written.gone(reply, position);
  }
}
