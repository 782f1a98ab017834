import { deciderSpec } from '@flowledger/event-sourcing/testing';
import {
  accountId,
  activated,
  created,
  deactivated,
  deletionStarted,
  deliveryStopped,
  flowLogId,
  happened,
  intervalChanged,
  modified,
  stalled,
  started,
  stopped,
} from '../../testing/flow-log-fixtures';
import type { FlowLogChanges, FlowLogOrder } from './flow-log.commands';
import { flowLogDecider } from './flow-log.decider';
import type { FlowLogRejected } from './flow-log.errors';

const given = deciderSpec(flowLogDecider);
const address = { flowLogId, accountId };
const start: FlowLogOrder = { type: 'StartFlowLog', logstoreId: 'logstore-2', ...address };
const stop: FlowLogOrder = { type: 'StopFlowLog', ...address };
const remove: FlowLogOrder = { type: 'DeleteFlowLog', ...address };
const change = (changes: FlowLogChanges): FlowLogOrder => ({ type: 'ChangeFlowLog', changes, ...address });
const tag = (...tags: { key: string; value: string }[]): FlowLogOrder => ({
  type: 'TagFlowLog',
  tags,
  ...address,
});
const everyOrder = [start, stop, remove, change({ name: 'other' }), tag({ key: 'a', value: '' })];

describe('a flow log that does not exist', () => {
  it.each(everyOrder)('is not found by $type', (order) => given().when(order).thenRejects('FlowLogNotFound'));
  it.each(everyOrder)('is not found by $type once it is deleted', (order) =>
    given(created, activated, deletionStarted, happened('FlowLogDeleted', { key: 'k', expiredEntries: 0 }))
      .when(order)
      .thenRejects('FlowLogNotFound'),
  );
  it.each(everyOrder)('is not found by $type of another account', (order) =>
    given(created, activated)
      .when({ ...order, accountId: '2000000000000002' })
      .thenRejects('FlowLogNotFound'),
  );
});

describe('an Active flow log', () => {
  const active = [created, activated];
  it('stops', () =>
    given(...active)
      .when(stop)
      .then(stopped));
  it('starts to be deleted', () =>
    given(...active)
      .when(remove)
      .then(deletionStarted));
  it('cannot be started again', () =>
    given(...active)
      .when(start)
      .thenRejects('InvalidStatus'));
  it('says what is allowed instead', () => {
    const refused = (): unknown => flowLogDecider.decide(start, given(...active).state());
    expect(refused).toThrow('The flow log is Active: it can be stopped, changed or deleted');
  });
  it('cannot be started again while delivery is merely stalled', () =>
    given(...active, stalled)
      .when(start)
      .thenRejects('InvalidStatus'));
});

describe('an Inactive flow log', () => {
  const inactive = [created, activated, stopped, deactivated];
  it('starts, bound to the logstore that exists now', () =>
    given(...inactive)
      .when(start)
      .then(started));
  it('cannot start while its target is missing', () =>
    given(...inactive)
      .when({ ...start, logstoreId: null })
      .thenRejects('TargetMissing'));
  it('cannot be stopped', () =>
    given(...inactive)
      .when(stop)
      .thenRejects('InvalidStatus'));
  it('starts to be deleted', () =>
    given(...inactive)
      .when(remove)
      .then(deletionStarted));
  it('goes back to Inactive after a modification', () =>
    expect(given(...inactive, intervalChanged, modified).state()).toMatchObject({ status: 'Inactive' }));
});

describe('a silently stopped flow log', () => {
  const cutOff = [created, activated, deliveryStopped];
  it('starts although its label says Active', () =>
    given(...cutOff)
      .when(start)
      .then(started));
  it('cannot start before the target exists again', () =>
    given(...cutOff)
      .when({ ...start, logstoreId: null })
      .thenRejects('TargetMissing'));
  it('stops', () =>
    given(...cutOff)
      .when(stop)
      .then(stopped));
  it('starts after a stop, too', () =>
    given(...cutOff, stopped, deactivated)
      .when(start)
      .then(started));
  it('cannot be started twice', () =>
    given(...cutOff, started, activated)
      .when(start)
      .thenRejects('InvalidStatus'));
  it('that never had a logstore starts as well', () =>
    given({ ...created, data: { ...created.data, logstoreId: null } }, activated)
      .when(start)
      .then(started));
});

describe.each([
  ['Activating', [created]],
  ['Deactivating', [created, activated, stopped]],
  ['Modifying', [created, activated, intervalChanged]],
  ['Deleting', [created, activated, deletionStarted]],
])('a flow log that is %s', (status, history) => {
  it.each([start, stop, remove, change({ name: 'other' }), change({ aggregationInterval: 5 })])(
    'refuses $type until it is steady',
    (order) =>
      given(...history)
        .when(order)
        .thenRejects('IncorrectStatus'),
  );
  it('says so', () => {
    const refused = (): unknown => flowLogDecider.decide(stop, given(...history).state());
    expect(refused).toThrow(`The flow log is ${status}`);
  });
});

describe('tags and resource group', () => {
  const move = change({ resourceGroupId: 'rg-2' });
  it('are no operation: a transition is not in their way', () => {
    given(created)
      .when(tag())
      .then(happened('FlowLogTagged', { tags: [] }));
    given(created)
      .when(move)
      .then(happened('FlowLogMoved', { resourceGroupId: 'rg-2' }));
  });
  it('are refused while it is being deleted', () => {
    given(created, activated, deletionStarted).when(tag()).thenRejects('IncorrectStatus');
    given(created, activated, deletionStarted).when(move).thenRejects('IncorrectStatus');
  });
  it('are the same tags: nothing happens', () =>
    given(created)
      .when(tag({ key: 'team', value: 'net' }))
      .thenNothing());
  it('replace what was there', () =>
    given(created)
      .when(tag({ key: 'env', value: 'live' }))
      .then(happened('FlowLogTagged', { tags: [{ key: 'env', value: 'live' }] })));
  it('keep their rules', () =>
    given(created)
      .when(tag({ key: 'acs:x', value: '' }))
      .thenRejects('InvalidTag'));
});

describe('a change', () => {
  const active = [created, activated];
  it('is one event for each thing that changes', () =>
    given(...active)
      .when(
        change({
          name: 'core',
          description: 'all of it',
          aggregationInterval: 1,
          ipVersion: 'DualStack',
          resourceGroupId: 'rg-2',
        }),
      )
      .then(
        happened('FlowLogRenamed', { text: { name: 'core' } }),
        happened('FlowLogDescribed', { text: { description: 'all of it' } }),
        happened('FlowLogMoved', { resourceGroupId: 'rg-2' }),
        intervalChanged,
        happened('FlowLogIpVersionChanged', { from: 'IPv4', to: 'DualStack' }),
      ));
  it('that changes nothing is no event', () =>
    given(...active)
      .when(change({ name: 'edge', aggregationInterval: 10, ipVersion: 'IPv4' }))
      .thenNothing());
  it('of the name leaves it Active (DD-24)', () =>
    expect(given(...active, happened('FlowLogRenamed', { text: { name: 'core' } })).state()).toMatchObject({
      status: 'Active',
    }));
  it('of the interval takes a moment', () =>
    expect(given(...active, intervalChanged).state()).toMatchObject({ status: 'Modifying' }));
  it.each([
    ['InvalidName', { name: 'https://x' }],
    ['InvalidDescription', { description: '' }],
    ['InvalidAggregationInterval', { aggregationInterval: 60 }],
    ['InvalidIpVersion', { ipVersion: 'IPv6' }],
    ['InvalidResourceGroup', { resourceGroupId: 'group' }],
  ])('is refused with %s', (code, changes) =>
    given(...active)
      .when(change(changes))
      .thenRejects(code),
  );
});

describe('the revision of the settings', () => {
  it('counts what operators decide, not what delivery reports', () =>
    expect(
      given(
        created,
        activated,
        stalled,
        happened('DeliveryRecovered'),
        stopped,
        deactivated,
        started,
      ).state(),
    ).toMatchObject({ revision: 2 }));
  it('refuses a command that was made from an older one', () =>
    given(created, activated, stopped, deactivated)
      .when({ ...start, ifRevision: 0 })
      .thenRejects('RevisionMismatch'));
  it('lets a command pass that was made from the present one', () =>
    given(created, activated)
      .when({ ...stop, ifRevision: 0 })
      .then(stopped));
  it('is looked at before the state', () => {
    let refusal: FlowLogRejected | undefined;
    try {
      flowLogDecider.decide({ ...start, ifRevision: 7 }, given(created, activated).state());
    } catch (error) {
      refusal = error as FlowLogRejected;
    }
    expect(refusal?.code).toBe('RevisionMismatch');
  });
});
