import { ReadModelStore } from '@flowledger/event-sourcing';
import type { Filter, Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { vpcs } from '../projections/vpcs.projection';
import type { VpcDocument } from '../projections/vpcs.projection';

export type VpcFilter = Pick<Filter<VpcDocument>, 'vpcId' | 'regionId' | 'name'>;

/** By id, ascending. @throws MalformedCursor */
export class ListVpcs extends Query<Page<VpcDocument>> {
  constructor(
    readonly accountId: string,
    readonly input: { readonly filter?: VpcFilter; readonly limit: number; readonly after?: string },
  ) {
    super();
  }
}

@QueryHandler(ListVpcs)
export class ListVpcsHandler implements IQueryHandler<ListVpcs> {
  constructor(private readonly readModels: ReadModelStore) {}

  execute({ accountId, input }: ListVpcs) {
    return this.readModels.find(vpcs, accountId, input);
  }
}
