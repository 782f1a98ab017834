import { Body, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { GetInterfaceCollection } from '@flowledger/collection-scope';
import type { CommandContext } from '@flowledger/event-sourcing';
import {
  ChangeNetworkInterface,
  CreateNetworkInterface,
  DeleteNetworkInterface,
  GetNetworkInterface,
  ListNetworkInterfaces,
  NetworkRejected,
} from '@flowledger/network';
import type { FastifyReply } from 'fastify';
import { CurrentCommandContext, IfMatch } from '../../http/command-context';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { withETag, Written } from '../../http/written';
import { AsOfQuery } from '../flow-logs/flow-log.queries';
import { pageAndFilter } from '../members/page.query';
import { Reads, Resource, Writes } from '../members/routes';
import { InterfaceCollectionResource } from './interface-collection.resource';
import {
  ChangeNetworkInterfaceBody,
  CreateNetworkInterfaceBody,
  NetworkInterfaceResource,
  NetworkInterfacesQuery,
} from './network-interface.members';

@Resource('network-interfaces', 'Network')
export class NetworkInterfacesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly written: Written,
  ) {}

  @Post()
  @RequiresRole('operator')
  @Writes('Create a network interface', 201, NetworkInterfaceResource, 404, 409)
  async create(
    @CurrentCommandContext() context: CommandContext,
    @Body() body: CreateNetworkInterfaceBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { networkInterfaceId, position } = await this.commands.execute(
      new CreateNetworkInterface(context, body),
    );
    reply.header('Location', `/api/v1/network-interfaces/${networkInterfaceId}`);
    return this.written.answer(reply, position, () =>
      this.queries.execute(new GetNetworkInterface(context.accountId, networkInterfaceId)),
    );
  }

  @Get()
  @Reads('List network interfaces', { page: NetworkInterfaceResource })
  list(@CurrentPrincipal() { accountId }: Principal, @Query() query: NetworkInterfacesQuery) {
    return this.queries.execute(new ListNetworkInterfaces(accountId, pageAndFilter(query)));
  }

  @Get(':networkInterfaceId')
  @Reads('Get a network interface', NetworkInterfaceResource, 404)
  async get(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('networkInterfaceId') networkInterfaceId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(
      reply,
      await this.queries.execute(new GetNetworkInterface(accountId, networkInterfaceId)),
    );
  }

  @Get(':networkInterfaceId/collection')
  @Reads('What is collected on it, what comes next, and why', InterfaceCollectionResource, 404)
  async collection(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('networkInterfaceId') networkInterfaceId: string,
    @Query() { asOf }: AsOfQuery,
  ) {
    const query = new GetInterfaceCollection(accountId, networkInterfaceId, asOf);
    const collection = await this.queries.execute(query);
    if (collection) return collection;
    throw new NetworkRejected(
      'NetworkInterfaceNotFound',
      `There is no network interface ${networkInterfaceId}`,
    );
  }

  @Patch(':networkInterfaceId')
  @RequiresRole('operator')
  @Writes('Change addresses, attach, detach', 200, NetworkInterfaceResource, 404, 409, 412)
  async change(
    @CurrentCommandContext() context: CommandContext,
    @Param('networkInterfaceId') networkInterfaceId: string,
    @Body() changes: ChangeNetworkInterfaceBody,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = { ...changes, networkInterfaceId, ifRevision };
    const { position } = await this.commands.execute(new ChangeNetworkInterface(context, input));
    return this.written.answer(reply, position, () =>
      this.queries.execute(new GetNetworkInterface(context.accountId, networkInterfaceId)),
    );
  }

  @Delete(':networkInterfaceId')
  @RequiresRole('operator')
  @Writes('Delete a network interface', 204, undefined, 404, 409, 412)
  async delete(
    @CurrentCommandContext() context: CommandContext,
    @Param('networkInterfaceId') networkInterfaceId: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { position } = await this.commands.execute(
      new DeleteNetworkInterface(context, { networkInterfaceId, ifRevision }),
    );
    await this.written.gone(reply, position);
  }
}
