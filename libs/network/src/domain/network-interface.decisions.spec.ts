import { fold } from '@flowledger/event-sourcing';
import { deciderSpec } from '@flowledger/event-sourcing/testing';
import fc from 'fast-check';
import {
  interfaceCreated,
  networkInterfaceId,
  vpcCreated,
  vpcId,
  vSwitchCreated,
  vSwitchId,
} from '../../testing/network-facts';
import { networkDecider } from './network.decider';
import { NetworkRejected } from './network.errors';
import type { NetworkEvent } from './network.events';

const given = deciderSpec(networkDecider);
const create = {
  type: 'CreateNetworkInterface',
  networkInterfaceId,
  vSwitchId,
  privateIpAddresses: ['10.1.0.5'],
} as const;
const change = { type: 'ChangeNetworkInterface', networkInterfaceId } as const;
const remove = { type: 'DeleteNetworkInterface', networkInterfaceId } as const;
const subject = { networkInterfaceId, vpcId };
const instance = { instanceId: 'i-1', instanceType: 'ecs.g6.large' };
const attached: NetworkEvent = { type: 'NetworkInterfaceAttached', data: { ...subject, ...instance } };
const detached: NetworkEvent = { type: 'NetworkInterfaceDetached', data: subject };

describe('a vSwitch', () => {
  const inVSwitch = given(vpcCreated, vSwitchCreated);

  it('takes an interface', () => inVSwitch.when(create).then(interfaceCreated));

  it('takes an attached interface, addresses in their shortest text', () =>
    inVSwitch.when({ ...create, ...instance, privateIpAddresses: ['10.1.0.5', '2001:DB8:0:0::1'] }).then({
      type: 'NetworkInterfaceCreated',
      data: { ...interfaceCreated.data, ...instance, privateIpAddresses: ['10.1.0.5', '2001:db8::1'] },
    }));

  it.each([
    ['InvalidResourceId', { networkInterfaceId: 'eni-' }],
    ['InvalidAddress', { privateIpAddresses: [] }],
    ['InvalidAddress', { privateIpAddresses: ['10.1.0'] }],
    ['InvalidAddress', { privateIpAddresses: ['::ffff:10.1.0.5'] }],
    ['InvalidAddress', { privateIpAddresses: Array.from({ length: 51 }, (_, i) => `10.1.0.${i}`) }],
    ['AddressInUse', { privateIpAddresses: ['fd00::1', 'FD00:0::1'] }],
    ['AddressOutsideVSwitch', { privateIpAddresses: ['10.2.0.1'] }],
    ['InvalidAttachment', { instanceType: 'ecs.g6.large' }],
    ['InvalidAttachment', { instanceId: 'i 1' }],
    ['VSwitchNotFound', { vSwitchId: 'vsw-b' }],
  ])('refuses with %s an interface with %j', (code, wrong) =>
    inVSwitch.when({ ...create, ...wrong }).thenRejects(code),
  );
});

describe('an interface', () => {
  const detachedOne = given(vpcCreated, vSwitchCreated, interfaceCreated);

  it('keeps its id to itself', () => detachedOne.when(create).thenRejects('NetworkInterfaceAlreadyExists'));

  it('keeps its addresses to itself', () =>
    detachedOne.when({ ...create, networkInterfaceId: 'eni-b' }).thenRejects('AddressInUse'));

  it('changes its addresses', () =>
    detachedOne.when({ ...change, privateIpAddresses: ['10.1.0.6', '10.1.0.5'] }).then({
      type: 'NetworkInterfaceAddressesChanged',
      data: { ...subject, privateIpAddresses: ['10.1.0.6', '10.1.0.5'] },
    }));

  it('does not change to the addresses it has', () =>
    detachedOne.when({ ...change, privateIpAddresses: ['10.1.0.5'] }).thenNothing());

  it('does not change to an address outside its vSwitch', () =>
    detachedOne.when({ ...change, privateIpAddresses: ['10.9.0.5'] }).thenRejects('AddressOutsideVSwitch'));

  it('is attached', () => detachedOne.when({ ...change, attach: instance }).then(attached));

  it('is attached to an instance that has a name', () =>
    detachedOne.when({ ...change, attach: { instanceId: '' } }).thenRejects('InvalidAttachment'));

  it('is detached already', () => detachedOne.when({ ...change, detach: true }).thenNothing());

  it('does not change at another revision', () =>
    detachedOne.when({ ...change, detach: true, ifRevision: 1 }).thenRejects('RevisionMismatch'));

  it('counts its changes', () =>
    given(vpcCreated, vSwitchCreated, interfaceCreated, attached, detached)
      .when({ ...remove, ifRevision: 2 })
      .then({ type: 'NetworkInterfaceDeleted', data: { ...subject, vSwitchId } }));

  it('is not deleted at another revision', () =>
    detachedOne.when({ ...remove, ifRevision: 1 }).thenRejects('RevisionMismatch'));

  it('leaves its addresses free when it is deleted', () =>
    given(vpcCreated, vSwitchCreated, interfaceCreated, {
      type: 'NetworkInterfaceDeleted',
      data: { ...subject, vSwitchId },
    })
      .when(create)
      .then(interfaceCreated));

  it.each([change, remove])('that does not exist is not there for $type', (command) =>
    given(vpcCreated, vSwitchCreated).when(command).thenRejects('NetworkInterfaceNotFound'),
  );
});

describe('an attached interface', () => {
  const attachedOne = given(vpcCreated, vSwitchCreated, interfaceCreated, attached);
  const other = { instanceId: 'i-2', instanceType: 'ecs.c7.large' };

  it('stays when it is attached where it is', () =>
    attachedOne.when({ ...change, attach: instance }).thenNothing());

  it('is not attached elsewhere', () =>
    attachedOne.when({ ...change, attach: other }).thenRejects('NetworkInterfaceInUse'));

  it('moves when it is detached in the same change', () =>
    attachedOne
      .when({ ...change, detach: true, attach: other })
      .then(detached, { type: 'NetworkInterfaceAttached', data: { ...subject, ...other } }));

  it('is detached', () => attachedOne.when({ ...change, detach: true }).then(detached));

  it('is deleted all the same', () =>
    attachedOne.when(remove).then({ type: 'NetworkInterfaceDeleted', data: { ...subject, vSwitchId } }));
});

describe('the addresses of a VPC', () => {
  const ids = fc.constantFrom('eni-a', 'eni-b', 'eni-c');
  const addresses = fc.array(fc.constantFrom('10.1.0.1', '10.1.0.2', 'fd00::1', 'FD00:0:0::1'), {
    minLength: 1,
    maxLength: 3,
  });
  const order = fc.record({
    type: fc.constantFrom('CreateNetworkInterface', 'ChangeNetworkInterface', 'DeleteNetworkInterface'),
    networkInterfaceId: ids,
    privateIpAddresses: addresses,
  });

  it('are unique whatever is created, changed and deleted', () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 30 }), (orders) => {
        const network = fold<ReturnType<typeof networkDecider.initialState>, NetworkEvent>(networkDecider, [
          vpcCreated,
          vSwitchCreated,
        ]);
        for (const command of orders) {
          try {
            const events = networkDecider.decide({ ...command, vSwitchId }, network);
            events.forEach((event) => networkDecider.evolve(network, event));
          } catch (error) {
            expect(error).toBeInstanceOf(NetworkRejected);
          }
          const held = [...network.networkInterfaces.values()].flatMap((one) => one.privateIpAddresses);
          expect(new Set(held).size).toBe(held.length);
          expect(new Set(network.vpcs.get(vpcId)!.addresses.keys())).toEqual(new Set(held));
        }
      }),
    );
  });
});
