import { Module } from '@nestjs/common';
import { ChangeNetworkInterfaceHandler } from './commands/change-network-interface';
import { CreateNetworkInterfaceHandler } from './commands/create-network-interface';
import { CreateVSwitchHandler } from './commands/create-v-switch';
import { CreateVpcHandler } from './commands/create-vpc';
import { DeleteNetworkInterfaceHandler } from './commands/delete-network-interface';
import { DeleteVSwitchHandler } from './commands/delete-v-switch';
import { DeleteVpcHandler } from './commands/delete-vpc';
import { NetworkResources } from './network-resources';
import { GetNetworkInterfaceHandler } from './queries/get-network-interface';
import { GetVSwitchHandler } from './queries/get-v-switch';
import { GetVpcHandler } from './queries/get-vpc';
import { ListNetworkInterfacesHandler } from './queries/list-network-interfaces';
import { ListVSwitchesHandler } from './queries/list-v-switches';
import { ListVpcsHandler } from './queries/list-vpcs';

/** Needs the kernel's AggregateStore and ReadModelStore, which the app provides globally. */
@Module({
  providers: [
    NetworkResources,
    CreateVpcHandler,
    DeleteVpcHandler,
    CreateVSwitchHandler,
    DeleteVSwitchHandler,
    CreateNetworkInterfaceHandler,
    ChangeNetworkInterfaceHandler,
    DeleteNetworkInterfaceHandler,
    GetVpcHandler,
    ListVpcsHandler,
    GetVSwitchHandler,
    ListVSwitchesHandler,
    GetNetworkInterfaceHandler,
    ListNetworkInterfacesHandler,
  ],
  exports: [NetworkResources],
})
export class NetworkModule {}
