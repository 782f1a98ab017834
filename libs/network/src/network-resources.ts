import { AggregateStore } from '@flowledger/event-sourcing';
import { Injectable } from '@nestjs/common';
import { networkDecider } from './domain/network.decider';
import { networkStream } from './domain/network.events';

export type NetworkResourceType = 'VPC' | 'VSwitch' | 'NetworkInterface';

/** Where a resource lies. `vSwitchId` for a vSwitch (itself) and a network interface. */
export interface NetworkResource {
  readonly vpcId: string;
  readonly regionId: string;
  readonly vSwitchId?: string;
}

/** Whether a resource exists, for the decisions of other libs: folded from the stream, never from a read model. */
@Injectable()
export class NetworkResources {
  constructor(private readonly aggregates: AggregateStore) {}

  async find(
    accountId: string,
    resourceType: NetworkResourceType,
    resourceId: string,
  ): Promise<NetworkResource | undefined> {
    const { state } = await this.aggregates.load(networkStream(accountId), networkDecider);
    switch (resourceType) {
      case 'VPC': {
        const vpc = state.vpcs.get(resourceId);
        return vpc && { vpcId: resourceId, regionId: vpc.regionId };
      }
      case 'VSwitch': {
        const vSwitch = state.vSwitches.get(resourceId);
        return vSwitch && { vpcId: vSwitch.vpcId, regionId: vSwitch.regionId, vSwitchId: resourceId };
      }
      case 'NetworkInterface': {
        const found = state.networkInterfaces.get(resourceId);
        return found && { vpcId: found.vpcId, regionId: found.regionId, vSwitchId: found.vSwitchId };
      }
    }
  }
}
