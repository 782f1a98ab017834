import { ReadModelStore } from '@flowledger/event-sourcing';
import type { Filter, Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { networkInterfaces } from '../projections/network-interfaces.projection';
import type { NetworkInterfaceDocument } from '../projections/network-interfaces.projection';

export type NetworkInterfaceFilter = Pick<
  Filter<NetworkInterfaceDocument>,
  'networkInterfaceId' | 'vpcId' | 'vSwitchId' | 'regionId' | 'instanceId' | 'primaryAddress'
>;

/** By id, ascending. @throws MalformedCursor */
export class ListNetworkInterfaces extends Query<Page<NetworkInterfaceDocument>> {
  constructor(
    readonly accountId: string,
    readonly input: {
      readonly filter?: NetworkInterfaceFilter;
      readonly limit: number;
      readonly after?: string;
    },
  ) {
    super();
  }
}

@QueryHandler(ListNetworkInterfaces)
export class ListNetworkInterfacesHandler implements IQueryHandler<ListNetworkInterfaces> {
  constructor(private readonly readModels: ReadModelStore) {}

  execute({ accountId, input }: ListNetworkInterfaces) {
    return this.readModels.find(networkInterfaces, accountId, input);
  }
}
