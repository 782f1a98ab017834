import type { Projection, ReadModel, Recorded } from '@flowledger/event-sourcing';
import type { NetworkEvent } from '../domain/network.events';

export interface VpcDocument {
  readonly vpcId: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly cidrBlock: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly revision: number;
}

export const vpcs: ReadModel<VpcDocument> = {
  name: 'vpcs',
  version: 1,
  fields: ['vpcId', 'regionId', 'name', 'createdAt'],
};

export const vpcsProjection: Projection<VpcDocument, NetworkEvent> = {
  readModel: vpcs,
  streamPrefixes: ['network-'],
  documentIds: (event: Recorded<NetworkEvent>) =>
    event.type === 'VpcCreated' || event.type === 'VpcDeleted' ? event.data.vpcId : undefined,
  evolve(vpc, event: Recorded<NetworkEvent>) {
    switch (event.type) {
      case 'VpcCreated': {
        const { text, ...settings } = event.data;
        const { accountId } = event.metadata;
        return { ...settings, ...text, accountId, createdAt: event.recordedAt, revision: 0 };
      }
      case 'VpcDeleted':
        return undefined;
      default:
        return vpc;
    }
  },
};
