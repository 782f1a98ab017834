import type { Projection, ReadModel, Recorded } from '@flowledger/event-sourcing';
import type { NetworkEvent } from '../domain/network.events';

export interface NetworkInterfaceDocument {
  readonly networkInterfaceId: string;
  readonly vSwitchId: string;
  readonly vpcId: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly primaryAddress: string;
  readonly privateIpAddresses: readonly string[];
  /** Both empty while it is attached to nothing. */
  readonly instanceId: string;
  readonly instanceType: string;
  readonly createdAt: string;
  readonly revision: number;
}

export const networkInterfaces: ReadModel<NetworkInterfaceDocument> = {
  name: 'network-interfaces',
  version: 1,
  fields: [
    'networkInterfaceId',
    'vSwitchId',
    'vpcId',
    'regionId',
    'primaryAddress',
    'instanceId',
    'instanceType',
    'createdAt',
  ],
};

export const networkInterfacesProjection: Projection<NetworkInterfaceDocument, NetworkEvent> = {
  readModel: networkInterfaces,
  streamPrefixes: ['network-'],
  documentIds: ({ data }) => ('networkInterfaceId' in data ? data.networkInterfaceId : undefined),
  evolve(document, event: Recorded<NetworkEvent>) {
    switch (event.type) {
      case 'NetworkInterfaceCreated': {
        const { accountId } = event.metadata;
        const primaryAddress = event.data.privateIpAddresses[0] ?? '';
        return { ...event.data, accountId, primaryAddress, createdAt: event.recordedAt, revision: 0 };
      }
      case 'NetworkInterfaceAddressesChanged': {
        const { privateIpAddresses } = event.data;
        return changed(document, { privateIpAddresses, primaryAddress: privateIpAddresses[0] ?? '' });
      }
      case 'NetworkInterfaceAttached':
        return changed(document, {
          instanceId: event.data.instanceId,
          instanceType: event.data.instanceType,
        });
      case 'NetworkInterfaceDetached':
        return changed(document, { instanceId: '', instanceType: '' });
      case 'NetworkInterfaceDeleted':
        return undefined;
      default:
        return document;
    }
  },
};

const changed = (
  document: NetworkInterfaceDocument | undefined,
  change: Partial<NetworkInterfaceDocument>,
): NetworkInterfaceDocument | undefined =>
  document && { ...document, ...change, revision: document.revision + 1 };
