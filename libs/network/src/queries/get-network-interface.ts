import { ReadModelStore } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NetworkRejected } from '../domain/network.errors';
import { networkInterfaces } from '../projections/network-interfaces.projection';
import type { NetworkInterfaceDocument } from '../projections/network-interfaces.projection';

/** @throws NetworkRejected NetworkInterfaceNotFound */
export class GetNetworkInterface extends Query<NetworkInterfaceDocument> {
  constructor(
    readonly accountId: string,
    readonly networkInterfaceId: string,
  ) {
    super();
  }
}

@QueryHandler(GetNetworkInterface)
export class GetNetworkInterfaceHandler implements IQueryHandler<GetNetworkInterface> {
  constructor(private readonly readModels: ReadModelStore) {}

  async execute({ accountId, networkInterfaceId }: GetNetworkInterface) {
    const found = await this.readModels.get(networkInterfaces, accountId, networkInterfaceId);
    if (!found)
      throw new NetworkRejected(
        'NetworkInterfaceNotFound',
        `There is no network interface ${networkInterfaceId.slice(0, 64)}`,
      );
    return found;
  }
}
