import { ReadModelStore } from '@flowledger/event-sourcing';
import type { Filter, Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { vSwitches } from '../projections/v-switches.projection';
import type { VSwitchDocument } from '../projections/v-switches.projection';

export type VSwitchFilter = Pick<
  Filter<VSwitchDocument>,
  'vSwitchId' | 'vpcId' | 'regionId' | 'zoneId' | 'name'
>;

/** By id, ascending. @throws MalformedCursor */
export class ListVSwitches extends Query<Page<VSwitchDocument>> {
  constructor(
    readonly accountId: string,
    readonly input: { readonly filter?: VSwitchFilter; readonly limit: number; readonly after?: string },
  ) {
    super();
  }
}

@QueryHandler(ListVSwitches)
export class ListVSwitchesHandler implements IQueryHandler<ListVSwitches> {
  constructor(private readonly readModels: ReadModelStore) {}

  execute({ accountId, input }: ListVSwitches) {
    return this.readModels.find(vSwitches, accountId, input);
  }
}
