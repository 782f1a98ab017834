import { projectionSpec } from '@flowledger/event-sourcing/testing';
import type { NetworkEvent } from '../domain/network.events';
import {
  interfaceCreated,
  networkInterfaceId,
  vpcCreated,
  vpcId,
  vSwitchCreated,
  vSwitchId,
} from '../../testing/network-facts';
import { networkInterfacesProjection } from './network-interfaces.projection';
import { vSwitchesProjection } from './v-switches.projection';
import { vpcsProjection } from './vpcs.projection';

const at = '2026-03-01T00:00:00.000Z';
const options = { stream: 'network-7', at, accountId: '7' };
const accountId = '7';
const subject = { networkInterfaceId, vpcId };

describe('the VPCs', () => {
  const given = projectionSpec(vpcsProjection, options);
  const vpc = {
    vpcId,
    accountId,
    regionId: 'cn-hangzhou',
    cidrBlock: '10.0.0.0/8',
    name: 'n',
    description: '',
  };

  it('show what exists, untouched by what lies in it', () =>
    given(vpcCreated, vSwitchCreated, interfaceCreated).then(vpcId, { ...vpc, createdAt: at, revision: 0 }));

  it('forget what was deleted', () =>
    given(vpcCreated, { type: 'VpcDeleted', data: { vpcId } }).then(vpcId, undefined));
});

describe('the vSwitches', () => {
  const given = projectionSpec(vSwitchesProjection, options);

  it('show what exists', () => {
    const { text, ...settings } = vSwitchCreated.data;
    const expected = { ...settings, ...text, accountId, createdAt: at, revision: 0 };
    given(vpcCreated, vSwitchCreated).then(vSwitchId, expected);
  });

  it('forget what was deleted', () =>
    given(vSwitchCreated, { type: 'VSwitchDeleted', data: { vSwitchId, vpcId } }).then(vSwitchId, undefined));
});

describe('the network interfaces', () => {
  const given = projectionSpec(networkInterfacesProjection, options);
  const created = { ...interfaceCreated.data, accountId, primaryAddress: '10.1.0.5', createdAt: at };
  const attached: NetworkEvent = {
    type: 'NetworkInterfaceAttached',
    data: { ...subject, instanceId: 'i-1', instanceType: 'ecs.g6.large' },
  };

  it('show what exists', () => given(interfaceCreated).then(networkInterfaceId, { ...created, revision: 0 }));

  it('show the instance and count the change', () =>
    given(interfaceCreated, attached).then(networkInterfaceId, {
      ...created,
      instanceId: 'i-1',
      instanceType: 'ecs.g6.large',
      revision: 1,
    }));

  it('show none after it was detached', () =>
    given(interfaceCreated, attached, { type: 'NetworkInterfaceDetached', data: subject }).then(
      networkInterfaceId,
      { ...created, revision: 2 },
    ));

  it('show the new addresses, the first as the primary one', () =>
    given(interfaceCreated, {
      type: 'NetworkInterfaceAddressesChanged',
      data: { ...subject, privateIpAddresses: ['fd00::1', '10.1.0.5'] },
    }).then(networkInterfaceId, {
      ...created,
      privateIpAddresses: ['fd00::1', '10.1.0.5'],
      primaryAddress: 'fd00::1',
      revision: 1,
    }));

  it('forget what was deleted', () =>
    given(interfaceCreated, {
      type: 'NetworkInterfaceDeleted',
      data: { ...subject, vSwitchId },
    }).then(networkInterfaceId, undefined));
});
