import { deciderSpec } from '@flowledger/event-sourcing/testing';
import {
  interfaceCreated,
  networkInterfaceId,
  vpcCreated,
  vpcId,
  vSwitchCreated,
  vSwitchId,
} from '../../testing/network-facts';
import { networkDecider } from './network.decider';

const given = deciderSpec(networkDecider);
const create = {
  type: 'CreateVSwitch',
  vSwitchId,
  vpcId,
  zoneId: 'cn-hangzhou-h',
  cidrBlock: '10.1.0.0/16',
  name: 'n',
} as const;
const remove = { type: 'DeleteVSwitch', vSwitchId } as const;

describe('a VPC', () => {
  it('takes a vSwitch of its region', () => given(vpcCreated).when(create).then(vSwitchCreated));

  it.each([
    ['InvalidResourceId', { vSwitchId: 'vpc-a' }],
    ['InvalidZone', { zoneId: 'Zone H' }],
    ['InvalidName', { name: 'n'.repeat(129) }],
    ['InvalidCidrBlock', { cidrBlock: '10.1.0.0/30' }],
    ['CidrBlockOutsideVpc', { cidrBlock: '11.1.0.0/16' }],
    ['VpcNotFound', { vpcId: 'vpc-b' }],
  ])('refuses with %s a vSwitch with %j', (code, wrong) =>
    given(vpcCreated)
      .when({ ...create, ...wrong })
      .thenRejects(code),
  );

  it.each(['10.1.0.0/16', '10.0.0.0/8', '10.1.255.248/29'])(
    'has no room for %s beside 10.1.0.0/16',
    (cidrBlock) =>
      given(vpcCreated, vSwitchCreated)
        .when({ ...create, vSwitchId: 'vsw-b', cidrBlock })
        .thenRejects('CidrBlockOverlaps'),
  );

  it('takes a neighbour', () =>
    given(vpcCreated, vSwitchCreated)
      .when({ ...create, vSwitchId: 'vsw-b', cidrBlock: '10.2.0.0/16' })
      .then({
        type: 'VSwitchCreated',
        data: { ...vSwitchCreated.data, vSwitchId: 'vsw-b', cidrBlock: '10.2.0.0/16' },
      }));
});

describe('a vSwitch', () => {
  it('keeps its id to itself', () =>
    given(vpcCreated, vSwitchCreated).when(create).thenRejects('VSwitchAlreadyExists'));

  it('is deleted while it is empty', () =>
    given(vpcCreated, vSwitchCreated)
      .when({ ...remove, ifRevision: 0 })
      .then({ type: 'VSwitchDeleted', data: { vSwitchId, vpcId } }));

  it('is not deleted at another revision', () =>
    given(vpcCreated, vSwitchCreated)
      .when({ ...remove, ifRevision: 1 })
      .thenRejects('RevisionMismatch'));

  it('is not deleted under its interfaces', () =>
    given(vpcCreated, vSwitchCreated, interfaceCreated).when(remove).thenRejects('VSwitchNotEmpty'));

  it('is empty again once its interfaces are gone', () =>
    given(vpcCreated, vSwitchCreated, interfaceCreated, {
      type: 'NetworkInterfaceDeleted',
      data: { networkInterfaceId, vSwitchId, vpcId },
    })
      .when(remove)
      .then({ type: 'VSwitchDeleted', data: { vSwitchId, vpcId } }));

  it('that does not exist is not deleted', () =>
    given(vpcCreated).when(remove).thenRejects('VSwitchNotFound'));
});
