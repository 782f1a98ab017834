import { UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  ChangeNetworkInterface,
  CreateNetworkInterface,
  DeleteNetworkInterface,
  GetNetworkInterface,
} from '@flowledger/network';
import { formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition } from '@flowledger/event-sourcing';
import type { FastifyRequest } from 'fastify';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { RequiresRole } from '../../http/principal';
import { Commands } from '../commands';
import { ChangeArgs, CommandArgs } from '../inputs/command.args';
import type { ChangeOptions, CommandOptions } from '../inputs/command.args';
import { ChangeNetworkInterfaceInput, CreateNetworkInterfaceInput } from '../inputs/network.inputs';
import type { NetworkInterfaceChanges, NetworkInterfaceInput } from '../inputs/network.inputs';
import { DeleteNetworkInterfacePayload, NetworkInterfacePayload } from '../schema/payloads';
import { plain } from '../schema/plain';
import { accountOf, Asking } from './asking';

@Resolver()
@UseGuards(AuthenticationGuard)
@RequiresRole('operator')
export class NetworkInterfaceMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => NetworkInterfacePayload)
  async createNetworkInterface(
    @Asking() request: FastifyRequest,
    @Args('input', { type: () => CreateNetworkInterfaceInput }) sent: NetworkInterfaceInput,
    @Args({ type: () => CommandArgs }) { idempotencyKey }: CommandOptions,
  ) {
    const input = plain(sent);
    const order = { name: 'createNetworkInterface', input, idempotencyKey };
    const { position, networkInterfaceId } = await this.commands.carryOut(
      request,
      order,
      (context) => new CreateNetworkInterface(context, input),
    );
    return this.shown(request, networkInterfaceId, position);
  }

  @Mutation(() => NetworkInterfacePayload)
  async changeNetworkInterface(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) networkInterfaceId: string,
    @Args('input', { type: () => ChangeNetworkInterfaceInput }) changes: NetworkInterfaceChanges,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ ...changes, networkInterfaceId, ifRevision: ifRevision ?? undefined });
    const order = { name: 'changeNetworkInterface', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new ChangeNetworkInterface(context, input),
    );
    return this.shown(request, networkInterfaceId, position);
  }

  @Mutation(() => DeleteNetworkInterfacePayload)
  async deleteNetworkInterface(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) networkInterfaceId: string,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ networkInterfaceId, ifRevision: ifRevision ?? undefined });
    const order = { name: 'deleteNetworkInterface', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new DeleteNetworkInterface(context, input),
    );
    return { networkInterfaceId, position: await this.commands.gone(position) };
  }

  private async shown(request: FastifyRequest, id: string, position: LogPosition) {
    const query = new GetNetworkInterface(accountOf(request), id);
    return {
      networkInterface: await this.commands.shown(position, () => this.queries.execute(query)),
      position: formatPosition(position),
    };
  }
}
