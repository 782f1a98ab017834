import type { Projection, ReadModel, RecordedEvent, Recorded } from '@flowledger/event-sourcing';
import type { NetworkEvent } from '@flowledger/network';
import { canBeCollected } from '../domain/instance-families';
import { remember } from '../domain/scope';
import type { ScopeInterface } from '../domain/scope';

export const scopeInterfaces: ReadModel<ScopeInterface> = {
  name: 'collection-scope-interfaces',
  version: 1,
  fields: ['networkInterfaceId', 'vSwitchId', 'vpcId'],
};

export const scopeInterfacesProjection: Projection<ScopeInterface, NetworkEvent> = {
  readModel: scopeInterfaces,
  streamPrefixes: ['network-'],
  documentIds: ({ data }) => ('networkInterfaceId' in data ? data.networkInterfaceId : undefined),
  evolve(networkInterface, recorded: RecordedEvent<NetworkEvent>) {
    const event = recorded as Recorded<NetworkEvent>;
    switch (event.type) {
      case 'NetworkInterfaceCreated': {
        const { privateIpAddresses, ...data } = event.data;
        return withInstance(
          { ...data, accountId: event.metadata.accountId, addresses: privateIpAddresses, collectable: [] },
          event.recordedAt,
        );
      }
      case 'NetworkInterfaceAddressesChanged':
        return networkInterface && { ...networkInterface, addresses: event.data.privateIpAddresses };
      case 'NetworkInterfaceAttached': {
        const { instanceId, instanceType } = event.data;
        return (
          networkInterface &&
          withInstance({ ...networkInterface, instanceId, instanceType }, event.recordedAt)
        );
      }
      case 'NetworkInterfaceDetached':
        return (
          networkInterface &&
          withInstance({ ...networkInterface, instanceId: '', instanceType: '' }, event.recordedAt)
        );
      case 'NetworkInterfaceDeleted':
        return undefined;
      default:
        return networkInterface;
    }
  },
};

const withInstance = (networkInterface: ScopeInterface, at: string): ScopeInterface => ({
  ...networkInterface,
  collectable: remember(networkInterface.collectable, {
    at,
    collectable: canBeCollected(networkInterface.instanceType),
  }),
});
