import { UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { CreateVpc, CreateVSwitch, DeleteVpc, DeleteVSwitch, GetVpc, GetVSwitch } from '@flowledger/network';
import { formatPosition } from '@flowledger/event-sourcing';
import type { FastifyRequest } from 'fastify';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { RequiresRole } from '../../http/principal';
import { DoorOptions } from '../../ports';
import { Commands } from '../commands';
import { ChangeArgs, CommandArgs } from '../inputs/command.args';
import type { ChangeOptions, CommandOptions } from '../inputs/command.args';
import { CreateVpcInput, CreateVSwitchInput } from '../inputs/network.inputs';
import type { VpcInput, VSwitchInput } from '../inputs/network.inputs';
import { DeleteVpcPayload, DeleteVSwitchPayload, VpcPayload, VSwitchPayload } from '../schema/payloads';
import { plain } from '../schema/plain';
import { accountOf, Asking } from './asking';

@Resolver()
@UseGuards(AuthenticationGuard)
@RequiresRole('operator')
export class NetworkMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly options: DoorOptions,
  ) {}

  @Mutation(() => VpcPayload)
  async createVpc(
    @Asking() request: FastifyRequest,
    @Args('input', { type: () => CreateVpcInput }) sent: VpcInput,
    @Args({ type: () => CommandArgs }) { idempotencyKey }: CommandOptions,
  ) {
    const input = { regionId: this.options.regions[0]!, ...plain(sent) };
    const order = { name: 'createVpc', input, idempotencyKey };
    const { position, vpcId } = await this.commands.carryOut(
      request,
      order,
      (context) => new CreateVpc(context, input),
    );
    const query = new GetVpc(accountOf(request), vpcId);
    return {
      vpc: await this.commands.shown(position, () => this.queries.execute(query)),
      position: formatPosition(position),
    };
  }

  @Mutation(() => DeleteVpcPayload)
  async deleteVpc(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) vpcId: string,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ vpcId, ifRevision: ifRevision ?? undefined });
    const order = { name: 'deleteVpc', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new DeleteVpc(context, input),
    );
    return { vpcId, position: await this.commands.gone(position) };
  }

  @Mutation(() => VSwitchPayload)
  async createVSwitch(
    @Asking() request: FastifyRequest,
    @Args('input', { type: () => CreateVSwitchInput }) sent: VSwitchInput,
    @Args({ type: () => CommandArgs }) { idempotencyKey }: CommandOptions,
  ) {
    const input = plain(sent);
    const order = { name: 'createVSwitch', input, idempotencyKey };
    const { position, vSwitchId } = await this.commands.carryOut(
      request,
      order,
      (context) => new CreateVSwitch(context, input),
    );
    const query = new GetVSwitch(accountOf(request), vSwitchId);
    return {
      vSwitch: await this.commands.shown(position, () => this.queries.execute(query)),
      position: formatPosition(position),
    };
  }

  @Mutation(() => DeleteVSwitchPayload)
  async deleteVSwitch(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) vSwitchId: string,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ vSwitchId, ifRevision: ifRevision ?? undefined });
    const order = { name: 'deleteVSwitch', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new DeleteVSwitch(context, input),
    );
    return { vSwitchId, position: await this.commands.gone(position) };
  }
}
