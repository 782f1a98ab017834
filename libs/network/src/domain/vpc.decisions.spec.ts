import { deciderSpec } from '@flowledger/event-sourcing/testing';
import { vpcCreated, vpcId, vSwitchCreated, vSwitchId } from '../../testing/network-facts';
import { networkDecider } from './network.decider';

const given = deciderSpec(networkDecider);
const regionId = 'cn-hangzhou';
const create = { type: 'CreateVpc', vpcId, regionId, cidrBlock: '10.0.0.0/8', name: 'n' } as const;
const remove = { type: 'DeleteVpc', vpcId } as const;

describe('an account without networks', () => {
  it('gets a VPC', () => given().when(create).then(vpcCreated));

  it.each([
    ['InvalidResourceId', { vpcId: 'vpc-A' }],
    ['InvalidResourceId', { vpcId: 'vsw-a' }],
    ['InvalidResourceId', { vpcId: `vpc-${'a'.repeat(41)}` }],
    ['InvalidRegion', { regionId: '' }],
    ['InvalidName', { name: 'n'.repeat(129) }],
    ['InvalidDescription', { description: 'd'.repeat(257) }],
    ['InvalidCidrBlock', { cidrBlock: '10.0.0.1/8' }],
    ['InvalidCidrBlock', { cidrBlock: '10.0.0.0/29' }],
    ['InvalidCidrBlock', { cidrBlock: '0.0.0.0/7' }],
  ])('refuses with %s a VPC with %j', (code, wrong) =>
    given()
      .when({ ...create, ...wrong })
      .thenRejects(code),
  );

  it('has no VPC to delete', () => given().when(remove).thenRejects('VpcNotFound'));
});

describe('a VPC', () => {
  it('keeps its id to itself', () => given(vpcCreated).when(create).thenRejects('VpcAlreadyExists'));

  it('may overlap another', () =>
    given(vpcCreated)
      .when({ ...create, vpcId: 'vpc-b' })
      .then({ type: 'VpcCreated', data: { ...vpcCreated.data, vpcId: 'vpc-b' } }));

  it('is deleted while it is empty', () =>
    given(vpcCreated)
      .when({ ...remove, ifRevision: 0 })
      .then({ type: 'VpcDeleted', data: { vpcId } }));

  it('is not deleted at another revision', () =>
    given(vpcCreated)
      .when({ ...remove, ifRevision: 1 })
      .thenRejects('RevisionMismatch'));

  it('is not deleted under its vSwitches', () =>
    given(vpcCreated, vSwitchCreated).when(remove).thenRejects('VpcNotEmpty'));

  it('is empty again once its vSwitches are gone', () =>
    given(vpcCreated, vSwitchCreated, { type: 'VSwitchDeleted', data: { vSwitchId, vpcId } })
      .when(remove)
      .then({ type: 'VpcDeleted', data: { vpcId } }));

  it('leaves its id free', () =>
    given(vpcCreated, { type: 'VpcDeleted', data: { vpcId } }).when(create).then(vpcCreated));
});
