import { ReadModelStore } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NetworkRejected } from '../domain/network.errors';
import { vSwitches } from '../projections/v-switches.projection';
import type { VSwitchDocument } from '../projections/v-switches.projection';

/** @throws NetworkRejected VSwitchNotFound */
export class GetVSwitch extends Query<VSwitchDocument> {
  constructor(
    readonly accountId: string,
    readonly vSwitchId: string,
  ) {
    super();
  }
}

@QueryHandler(GetVSwitch)
export class GetVSwitchHandler implements IQueryHandler<GetVSwitch> {
  constructor(private readonly readModels: ReadModelStore) {}

  async execute({ accountId, vSwitchId }: GetVSwitch) {
    const found = await this.readModels.get(vSwitches, accountId, vSwitchId);
    if (!found) throw new NetworkRejected('VSwitchNotFound', `There is no vSwitch ${vSwitchId.slice(0, 64)}`);
    return found;
  }
}
