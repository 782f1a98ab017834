import { Body, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { CommandContext } from '@flowledger/event-sourcing';
import { CreateVpc, DeleteVpc, GetVpc, ListVpcs } from '@flowledger/network';
import type { FastifyReply } from 'fastify';
import { CurrentCommandContext, IfMatch } from '../../http/command-context';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { withETag, Written } from '../../http/written';
import { DoorOptions } from '../../ports';
import { pageAndFilter } from '../members/page.query';
import { Reads, Resource, Writes } from '../members/routes';
import { servedRegion } from '../members/served-region';
import { CreateVpcBody, VpcResource, VpcsQuery } from './vpc.members';

@Resource('vpcs', 'Network')
export class VpcsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly written: Written,
    private readonly options: DoorOptions,
  ) {}

  @Post()
  @RequiresRole('operator')
  @Writes('Create a VPC', 201, VpcResource, 409)
  async create(
    @CurrentCommandContext() context: CommandContext,
    @Body() body: CreateVpcBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = { ...body, regionId: servedRegion(this.options, body.regionId) };
    const { vpcId, position } = await this.commands.execute(new CreateVpc(context, input));
    reply.header('Location', `/api/v1/vpcs/${vpcId}`);
    return this.written.answer(reply, position, () =>
      this.queries.execute(new GetVpc(context.accountId, vpcId)),
    );
  }

  @Get()
  @Reads('List VPCs', { page: VpcResource })
  list(@CurrentPrincipal() { accountId }: Principal, @Query() query: VpcsQuery) {
    return this.queries.execute(new ListVpcs(accountId, pageAndFilter(query)));
  }

  @Get(':vpcId')
  @Reads('Get a VPC', VpcResource, 404)
  async get(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('vpcId') vpcId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.queries.execute(new GetVpc(accountId, vpcId)));
  }

  @Delete(':vpcId')
  @RequiresRole('operator')
  @Writes('Delete an empty VPC', 204, undefined, 404, 409, 412)
  async delete(
    @CurrentCommandContext() context: CommandContext,
    @Param('vpcId') vpcId: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { position } = await this.commands.execute(new DeleteVpc(context, { vpcId, ifRevision }));
    await this.written.gone(reply, position);
  }
}
