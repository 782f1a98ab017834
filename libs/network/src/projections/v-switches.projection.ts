import type { Projection, ReadModel, Recorded } from '@flowledger/event-sourcing';
import type { NetworkEvent } from '../domain/network.events';

export interface VSwitchDocument {
  readonly vSwitchId: string;
  readonly vpcId: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly zoneId: string;
  readonly cidrBlock: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly revision: number;
}

export const vSwitches: ReadModel<VSwitchDocument> = {
  name: 'v-switches',
  version: 1,
  fields: ['vSwitchId', 'vpcId', 'regionId', 'zoneId', 'name', 'createdAt'],
};

export const vSwitchesProjection: Projection<VSwitchDocument, NetworkEvent> = {
  readModel: vSwitches,
  streamPrefixes: ['network-'],
  documentIds: (event: Recorded<NetworkEvent>) =>
    event.type === 'VSwitchCreated' || event.type === 'VSwitchDeleted' ? event.data.vSwitchId : undefined,
  evolve(vSwitch, event: Recorded<NetworkEvent>) {
    switch (event.type) {
      case 'VSwitchCreated': {
        const { text, ...settings } = event.data;
        const { accountId } = event.metadata;
        return { ...settings, ...text, accountId, createdAt: event.recordedAt, revision: 0 };
      }
      case 'VSwitchDeleted':
        return undefined;
      default:
        return vSwitch;
    }
  },
};
