import { UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import {
  GetNetworkInterface,
  GetVpc,
  GetVSwitch,
  ListNetworkInterfaces,
  ListVpcs,
  ListVSwitches,
} from '@flowledger/network';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { CurrentPrincipal } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { connectionOf } from '../schema/connection';
import {
  NetworkInterface,
  NetworkInterfaceConnection,
  Vpc,
  VpcConnection,
  VSwitch,
  VSwitchConnection,
} from '../schema/network.types';
import { PageArgs, pageOf } from '../schema/page.args';
import type { PageRequest } from '../schema/page.args';

@Resolver()
@UseGuards(AuthenticationGuard)
export class NetworkQueriesResolver {
  constructor(private readonly queries: QueryBus) {}

  @Query(() => Vpc)
  vpc(@CurrentPrincipal() { accountId }: Principal, @Args('id', { type: () => ID }) id: string) {
    return this.queries.execute(new GetVpc(accountId, id));
  }

  @Query(() => VpcConnection)
  async vpcs(
    @CurrentPrincipal() { accountId }: Principal,
    @Args({ type: () => PageArgs }) page: PageRequest,
  ) {
    const found = await this.queries.execute(new ListVpcs(accountId, pageOf(page)));
    return connectionOf(found, pageOf(page).after);
  }

  @Query(() => VSwitch)
  vSwitch(@CurrentPrincipal() { accountId }: Principal, @Args('id', { type: () => ID }) id: string) {
    return this.queries.execute(new GetVSwitch(accountId, id));
  }

  @Query(() => VSwitchConnection)
  async vSwitches(
    @CurrentPrincipal() { accountId }: Principal,
    @Args('vpcId', { type: () => ID, nullable: true }) vpcId: string | null,
    @Args({ type: () => PageArgs }) page: PageRequest,
  ) {
    const options = { ...pageOf(page), ...(vpcId && { filter: { vpcId } }) };
    return connectionOf(await this.queries.execute(new ListVSwitches(accountId, options)), options.after);
  }

  @Query(() => NetworkInterface)
  networkInterface(@CurrentPrincipal() { accountId }: Principal, @Args('id', { type: () => ID }) id: string) {
    return this.queries.execute(new GetNetworkInterface(accountId, id));
  }

  @Query(() => NetworkInterfaceConnection)
  async networkInterfaces(
    @CurrentPrincipal() { accountId }: Principal,
    @Args('vSwitchId', { type: () => ID, nullable: true }) vSwitchId: string | null,
    @Args({ type: () => PageArgs }) page: PageRequest,
  ) {
    const options = { ...pageOf(page), ...(vSwitchId && { filter: { vSwitchId } }) };
    const found = await this.queries.execute(new ListNetworkInterfaces(accountId, options));
    return connectionOf(found, options.after);
  }
}
