import type { AnyProjection } from '@flowledger/event-sourcing';
import { networkInterfacesProjection } from './projections/network-interfaces.projection';
import { vSwitchesProjection } from './projections/v-switches.projection';
import { vpcsProjection } from './projections/vpcs.projection';

export type * from './domain/network.commands';
export * from './domain/network.errors';
export * from './domain/network.events';
export { networkDecider } from './domain/network.decider';
export { CreateVpc } from './commands/create-vpc';
export { DeleteVpc } from './commands/delete-vpc';
export { CreateVSwitch } from './commands/create-v-switch';
export { DeleteVSwitch } from './commands/delete-v-switch';
export { CreateNetworkInterface } from './commands/create-network-interface';
export { ChangeNetworkInterface } from './commands/change-network-interface';
export { DeleteNetworkInterface } from './commands/delete-network-interface';
export { GetVpc } from './queries/get-vpc';
export { ListVpcs } from './queries/list-vpcs';
export type { VpcFilter } from './queries/list-vpcs';
export { GetVSwitch } from './queries/get-v-switch';
export { ListVSwitches } from './queries/list-v-switches';
export type { VSwitchFilter } from './queries/list-v-switches';
export { GetNetworkInterface } from './queries/get-network-interface';
export { ListNetworkInterfaces } from './queries/list-network-interfaces';
export type { NetworkInterfaceFilter } from './queries/list-network-interfaces';
export { vpcs } from './projections/vpcs.projection';
export type { VpcDocument } from './projections/vpcs.projection';
export { vSwitches } from './projections/v-switches.projection';
export type { VSwitchDocument } from './projections/v-switches.projection';
export { networkInterfaces } from './projections/network-interfaces.projection';
export type { NetworkInterfaceDocument } from './projections/network-interfaces.projection';
export * from './network-resources';
export * from './network.module';

export const networkProjections: AnyProjection[] = [
  vpcsProjection,
  vSwitchesProjection,
  networkInterfacesProjection,
];
