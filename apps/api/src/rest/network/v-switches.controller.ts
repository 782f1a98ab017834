import { Body, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { CommandContext } from '@flowledger/event-sourcing';
import { CreateVSwitch, DeleteVSwitch, GetVSwitch, ListVSwitches } from '@flowledger/network';
import type { FastifyReply } from 'fastify';
import { CurrentCommandContext, IfMatch } from '../../http/command-context';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { withETag, Written } from '../../http/written';
import { pageAndFilter } from '../members/page.query';
import { Reads, Resource, Writes } from '../members/routes';
import { CreateVSwitchBody, VSwitchResource, VSwitchesQuery } from './v-switch.members';

@Resource('vswitches', 'Network')
export class VSwitchesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly written: Written,
  ) {}

  @Post()
  @RequiresRole('operator')
  @Writes('Create a vSwitch', 201, VSwitchResource, 404, 409)
  async create(
    @CurrentCommandContext() context: CommandContext,
    @Body() body: CreateVSwitchBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { vSwitchId, position } = await this.commands.execute(new CreateVSwitch(context, body));
    reply.header('Location', `/api/v1/vswitches/${vSwitchId}`);
    return this.written.answer(reply, position, () =>
      this.queries.execute(new GetVSwitch(context.accountId, vSwitchId)),
    );
  }

  @Get()
  @Reads('List vSwitches', { page: VSwitchResource })
  list(@CurrentPrincipal() { accountId }: Principal, @Query() query: VSwitchesQuery) {
    return this.queries.execute(new ListVSwitches(accountId, pageAndFilter(query)));
  }

  @Get(':vSwitchId')
  @Reads('Get a vSwitch', VSwitchResource, 404)
  async get(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('vSwitchId') vSwitchId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.queries.execute(new GetVSwitch(accountId, vSwitchId)));
  }

  @Delete(':vSwitchId')
  @RequiresRole('operator')
  @Writes('Delete an empty vSwitch', 204, undefined, 404, 409, 412)
  async delete(
    @CurrentCommandContext() context: CommandContext,
    @Param('vSwitchId') vSwitchId: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { position } = await this.commands.execute(new DeleteVSwitch(context, { vSwitchId, ifRevision }));
    await this.written.gone(reply, position);
  }
}
