import { fold } from '@flowledger/event-sourcing';
import { deciderSpec } from '@flowledger/event-sourcing/testing';
import fc from 'fast-check';
import { settings } from '../../testing/flow-log-fixtures';
import { flowLogRegistryDecider } from './flow-log-registry.decider';
import type { FlowLogRegistryCommand } from './flow-log-registry.decider';
import type { FlowLogRegistryEvent, FlowLogReserved } from './flow-log-registry.events';
import type { CreationFacts, CreationPolicy } from './flow-log-registry.facts';
import type { FlowLogRequest } from './flow-log.commands';

const given = deciderSpec(flowLogRegistryDecider);
const request: FlowLogRequest = {
  resourceType: 'VPC',
  resourceId: 'vpc-1',
  trafficType: 'All',
  projectName: 'audit',
  logstoreName: 'flows',
};
const facts: CreationFacts = {
  resource: { vpcId: 'vpc-1', regionId: 'cn-hangzhou' },
  target: { project: 'own', projectRegionId: 'cn-hangzhou', logstoreId: 'logstore-1' },
};
const policy: CreationPolicy = {
  quota: 2,
  userDefinedPaths: true,
  flowLogServiceOpen: true,
  deliveryAuthorized: true,
  logServiceOpen: true,
};
type Create = Extract<FlowLogRegistryCommand, { type: 'CreateFlowLog' }>;
const create = (
  asked: Partial<FlowLogRequest> = {},
  known: Partial<CreationFacts> = {},
  allowed: Partial<CreationPolicy> = {},
): Create => ({
  type: 'CreateFlowLog',
  flowLogId: 'fl-1',
  request: { ...request, ...asked },
  facts: { ...facts, ...known },
  policy: { ...policy, ...allowed },
});
const reserved = (flowLogId: string, resourceId: string, trafficPath = ['all']): FlowLogReserved => ({
  type: 'FlowLogReserved',
  data: {
    flowLogId,
    key: `VPC/${resourceId}/${[...trafficPath].sort().join('+')}`,
    settings: { ...settings, resourceId, vpcId: resourceId, trafficPath },
    text: { name: '', description: '' },
    tags: [],
    target: { createProject: false, createLogstore: false, enableLogAnalysisReport: false },
  },
});

describe('a creation', () => {
  it('reserves with every default filled in (DD-16)', () =>
    given().when(create()).then(reserved('fl-1', 'vpc-1')));
  it('keeps the order of the paths, and not in the key', () =>
    given()
      .when(create({ trafficPath: ['vbr', 'natGateway'] }))
      .then(reserved('fl-1', 'vpc-1', ['vbr', 'natGateway'])));
  it('remembers what is still to be made', () =>
    given()
      .when(
        create(
          { createProject: true, createLogstore: true, enableLogAnalysisReport: true },
          { target: { project: 'missing', logstoreId: null } },
        ),
      )
      .then({
        ...reserved('fl-1', 'vpc-1'),
        data: {
          ...reserved('fl-1', 'vpc-1').data,
          target: { createProject: true, createLogstore: true, enableLogAnalysisReport: true },
        },
      }));
  it('makes nothing that exists', () =>
    given()
      .when(create({ createProject: true, createLogstore: true }))
      .then(reserved('fl-1', 'vpc-1')));
  it('takes dual stack where it is offered', () => {
    const [event] = flowLogRegistryDecider.decide(create({ ipVersion: 'DualStack' }), given().state());
    expect(event).toMatchObject({ data: { settings: { ipVersion: 'DualStack' } } });
  });
});

describe('a request that is wrong', () => {
  const tags = (count: number): { key: string; value: string }[] =>
    Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: '' }));
  it.each<[string, Partial<FlowLogRequest>]>([
    ['MissingParameter', { resourceId: '' }],
    ['MissingParameter', { projectName: '' }],
    ['MissingParameter', { logstoreName: '' }],
    ['InvalidName', { name: '' }],
    ['InvalidName', { name: 'x'.repeat(129) }],
    ['InvalidName', { name: 'http://x' }],
    ['InvalidDescription', { description: 'x'.repeat(257) }],
    ['InvalidDescription', { description: 'https://x' }],
    ['UnsupportedResourceType', { resourceType: 'Instance' }],
    ['InvalidParameter', { resourceId: 'x'.repeat(129) }],
    ['InvalidTrafficType', { trafficType: 'all' }],
    ['InvalidTrafficPath', { trafficPath: ['virtualBorderRouter'] }],
    ['InvalidTrafficPath', { trafficPath: ['NatGateway'] }],
    ['InvalidTrafficPath', { trafficPath: ['all', 'vbr'] }],
    ['InvalidTrafficPath', { trafficType: 'Drop', trafficPath: ['vbr'] }],
    ['DuplicateTrafficPath', { trafficPath: ['vbr', 'vbr'] }],
    ['InvalidAggregationInterval', { aggregationInterval: 600 }],
    ['InvalidAggregationInterval', { aggregationInterval: 2 }],
    ['InvalidIpVersion', { ipVersion: 'ipv4' }],
    ['InvalidProjectName', { projectName: 'ab' }],
    ['InvalidProjectName', { projectName: 'with_underscore' }],
    ['InvalidLogstoreName', { logstoreName: '-flows' }],
    ['InvalidResourceGroup', { resourceGroupId: 'default' }],
    ['TooManyTags', { tags: tags(21) }],
    ['InvalidTag', { tags: [{ key: '', value: '' }] }],
    ['InvalidTag', { tags: [{ key: 'aliyun', value: '' }] }],
    ['InvalidTag', { tags: [{ key: 'k', value: 'see http://x' }] }],
    ['InvalidTag', { tags: [{ key: 'k'.repeat(129), value: '' }] }],
    [
      'DuplicateTagKey',
      {
        tags: [
          { key: 'k', value: '1' },
          { key: 'k', value: '2' },
        ],
      },
    ],
  ])('is refused with %s: %j', (code, asked) => given().when(create(asked)).thenRejects(code));

  it('may use every limit to the full', () =>
    expect(
      flowLogRegistryDecider.decide(
        create({ name: '流'.repeat(128), description: 'd'.repeat(256), tags: tags(20) }),
        given().state(),
      ),
    ).toHaveLength(1));
  it('has a path of its own only where that is enabled', () =>
    given()
      .when(create({ trafficPath: ['vbr'] }, {}, { userDefinedPaths: false }))
      .thenRejects('TrafficPathNotEnabled'));
  it('has no dual stack outside the nine regions', () =>
    given()
      .when(create({ ipVersion: 'DualStack' }, { resource: { vpcId: 'vpc-1', regionId: 'eu-central-1' } }))
      .thenRejects('InvalidIpVersion'));
});

describe('an account that lacks a prerequisite (section 2.3)', () => {
  it.each<[string, Partial<CreationPolicy>]>([
    ['FlowLogServiceNotOpen', { flowLogServiceOpen: false }],
    ['DeliveryNotAuthorized', { deliveryAuthorized: false }],
    ['LogServiceNotOpen', { logServiceOpen: false }],
  ])('is refused with %s', (code, allowed) =>
    given()
      .when(create({}, {}, allowed))
      .thenRejects(code),
  );
});

describe('a world that does not fit', () => {
  it.each<[string, Partial<CreationFacts>]>([
    ['ResourceNotFound', { resource: undefined }],
    ['ResourceTypeMismatch', { resource: undefined, resourceIsA: 'VSwitch' }],
    ['ForeignProject', { target: { project: 'foreign', logstoreId: null } }],
    ['ProjectNotFound', { target: { project: 'missing', logstoreId: null } }],
    ['LogstoreNotFound', { target: { project: 'own', projectRegionId: 'cn-hangzhou', logstoreId: null } }],
    [
      'ProjectInAnotherRegion',
      { target: { project: 'own', projectRegionId: 'cn-beijing', logstoreId: 'l' } },
    ],
  ])('is refused with %s', (code, known) => given().when(create({}, known)).thenRejects(code));

  it('has the resource in another region', () =>
    given()
      .when(create({ regionId: 'cn-beijing' }))
      .thenRejects('ResourceNotFound'));
  it('has no logstore in a project that is still to be made', () =>
    given()
      .when(create({ createProject: true }, { target: { project: 'missing', logstoreId: null } }))
      .thenRejects('LogstoreNotFound'));
  it('has a foreign project even when it may be made', () =>
    given()
      .when(create({ createProject: true }, { target: { project: 'foreign', logstoreId: null } }))
      .thenRejects('ForeignProject'));
});

describe('an account that has flow logs', () => {
  const released: FlowLogRegistryEvent = {
    type: 'FlowLogReleased',
    data: { flowLogId: 'fl-0', key: 'VPC/vpc-1/all' },
  };
  it('has one a resource and path (DD-01)', () =>
    given(reserved('fl-0', 'vpc-1')).when(create()).thenRejects('FlowLogAlreadyExists'));
  it('has the same paths in another order: the same', () =>
    given(reserved('fl-0', 'vpc-1', ['vbr', 'ecr']))
      .when(create({ trafficPath: ['ecr', 'vbr'] }))
      .thenRejects('FlowLogAlreadyExists'));
  it('may have one more on another path', () =>
    given(reserved('fl-0', 'vpc-1'))
      .when(create({ trafficPath: ['vbr'] }))
      .then(reserved('fl-1', 'vpc-1', ['vbr'])));
  it('has no more than its quota (DD-09)', () =>
    given(reserved('fl-8', 'vpc-8'), reserved('fl-9', 'vpc-9')).when(create()).thenRejects('QuotaExceeded'));
  it('has key and place again after a release (DD-27)', () =>
    given(reserved('fl-9', 'vpc-9'), reserved('fl-0', 'vpc-1'), released)
      .when(create())
      .then(reserved('fl-1', 'vpc-1')));
  it('releases once', () => {
    const release: FlowLogRegistryCommand = { type: 'ReleaseFlowLog', flowLogId: 'fl-0' };
    given(reserved('fl-0', 'vpc-1')).when(release).then(released);
    given(reserved('fl-0', 'vpc-1'), released).when(release).thenNothing();
  });
});

describe('any history of creations and releases', () => {
  const step = fc.record({
    resource: fc.integer({ min: 0, max: 4 }),
    path: fc.constantFrom(['all'], ['vbr', 'ecr'], ['ecr', 'vbr']),
    release: fc.boolean(),
  });

  it('never holds a key twice, never more than the quota', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const events: FlowLogRegistryEvent[] = [];
        steps.forEach(({ resource, path, release }, index) => {
          const registry = fold(flowLogRegistryDecider, events);
          const [oldest] = registry.reservations.keys();
          const command: FlowLogRegistryCommand =
            release && oldest
              ? { type: 'ReleaseFlowLog', flowLogId: oldest }
              : {
                  ...create({ resourceId: `vpc-${resource}`, trafficPath: path }, {}, { quota: 3 }),
                  flowLogId: `fl-${index}`,
                };
          try {
            events.push(...flowLogRegistryDecider.decide(command, registry));
          } catch (error) {
            expect(error).toMatchObject({
              code: expect.stringMatching(/AlreadyExists|QuotaExceeded/) as string,
            });
          }
        });
        const held = [...fold(flowLogRegistryDecider, events).reservations.values()].map(({ key }) => key);
        expect(new Set(held).size).toBe(held.length);
        expect(held.length).toBeLessThanOrEqual(3);
      }),
    ));
});
