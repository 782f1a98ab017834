import { ReadModelStore } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NetworkRejected } from '../domain/network.errors';
import { vpcs } from '../projections/vpcs.projection';
import type { VpcDocument } from '../projections/vpcs.projection';

/** @throws NetworkRejected VpcNotFound */
export class GetVpc extends Query<VpcDocument> {
  constructor(
    readonly accountId: string,
    readonly vpcId: string,
  ) {
    super();
  }
}

@QueryHandler(GetVpc)
export class GetVpcHandler implements IQueryHandler<GetVpc> {
  constructor(private readonly readModels: ReadModelStore) {}

  async execute({ accountId, vpcId }: GetVpc) {
    const found = await this.readModels.get(vpcs, accountId, vpcId);
    if (!found) throw new NetworkRejected('VpcNotFound', `There is no VPC ${vpcId.slice(0, 64)}`);
    return found;
  }
}
