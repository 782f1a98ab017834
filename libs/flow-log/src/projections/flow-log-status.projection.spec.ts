import { projectionSpec, recorded } from '@flowledger/event-sourcing/testing';
import {
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
import type { FlowLogEvent } from '../domain/flow-log.events';
import type { FlowLogDocument } from './flow-log-status';
import { flowLogStatusProjection } from './flow-log-status.projection';

/** The n-th event happens at second n. */
const shown = (...events: FlowLogEvent[]): FlowLogDocument | undefined =>
  projectionSpec(flowLogStatusProjection)(
    ...events.map((event, index) =>
      recorded(event, index, { at: `2026-01-01T00:00:${String(index).padStart(2, '0')}.000Z` }),
    ),
  ).document(flowLogId);

const second = (n: number): string => `2026-01-01T00:00:0${n}.000Z`;

describe('a new flow log', () => {
  it('shows everything the public interface promises', () =>
    expect(shown(created)).toEqual({
      flowLogId,
      accountId: '1000000000000001',
      name: 'edge',
      description: 'what leaves',
      ...created.data.settings,
      tags: [{ key: 'team', value: 'net' }],
      status: 'Activating',
      deliverStatus: 'SUCCESS',
      deliverErrorMessage: '',
      delivery: { state: 'Idle', since: second(0), reason: 'Starting', detail: '' },
      health: 'Idle',
      businessStatus: 'Normal',
      serviceType: '',
      createdAt: second(0),
      revision: 0,
      logstoreId: 'logstore-1',
      started: true,
      resourceDeleted: false,
      awaits: { eventId: recorded(created, 0).id, position: '0' },
    }));
  it('delivers once it is Active', () =>
    expect(shown(created, activated)).toMatchObject({
      status: 'Active',
      delivery: { state: 'Delivering', since: second(1), reason: '' },
      health: 'Delivering',
      awaits: null,
    }));
  it('shows a failure that came before it was Active', () =>
    expect(shown(created, stalled, activated)).toMatchObject({
      status: 'Active',
      deliverStatus: 'FAILED',
      health: 'Stalled',
    }));
});

describe('a flow log whose target was deleted', () => {
  it('keeps its label, and says honestly that it stopped, since when and why', () =>
    expect(shown(created, activated, deliveryStopped)).toMatchObject({
      status: 'Active',
      deliverStatus: 'SUCCESS',
      deliverErrorMessage: '',
      delivery: { state: 'Stopped', since: second(2), reason: 'LogstoreDeleted' },
      health: 'Stopped',
    }));
  it('shows no failure that came before', () =>
    expect(shown(created, activated, stalled, deliveryStopped)).toMatchObject({ deliverStatus: 'SUCCESS' }));
  it('is bound to the new logstore after the restart', () =>
    expect(shown(created, activated, deliveryStopped, started, activated)).toMatchObject({
      status: 'Active',
      logstoreId: 'logstore-2',
      delivery: { state: 'Delivering', since: second(4) },
    }));
});

describe('a flow log whose destination refuses', () => {
  it('shows FAILED and the message', () =>
    expect(shown(created, activated, stalled)).toMatchObject({
      deliverStatus: 'FAILED',
      deliverErrorMessage: 'UnavaliableTarget',
      delivery: { state: 'Stalled', since: second(2), reason: 'UnavaliableTarget', detail: 'no answer' },
    }));
  it('stalls since the first of several messages', () =>
    expect(
      shown(
        created,
        activated,
        stalled,
        happened('DeliveryStalled', { message: 'UnknownError', detail: '' }),
      ),
    ).toMatchObject({ delivery: { since: second(2), reason: 'UnknownError' } }));
  it('is merely degraded when retries succeed', () =>
    expect(shown(created, activated, happened('DeliveryDegraded', { detail: 'slow' }))).toMatchObject({
      deliverStatus: 'SUCCESS',
      delivery: { state: 'Degraded', reason: 'Retrying', detail: 'slow' },
    }));
  it('recovers', () =>
    expect(shown(created, activated, stalled, happened('DeliveryRecovered'))).toMatchObject({
      deliverStatus: 'SUCCESS',
      deliverErrorMessage: '',
      delivery: { state: 'Delivering', since: second(3), reason: '' },
    }));
  it('that recovers before it is Active is not said to deliver yet', () =>
    expect(shown(created, stalled, happened('DeliveryRecovered'))).toMatchObject({
      deliverStatus: 'SUCCESS',
      health: 'Idle',
    }));
});

describe('a flow log that is not started', () => {
  it('is Idle from the moment it was asked to stop', () => {
    expect(shown(created, activated, stalled, stopped)).toMatchObject({
      status: 'Deactivating',
      deliverStatus: 'SUCCESS',
      delivery: { state: 'Idle', since: second(3), reason: 'NotStarted' },
    });
    expect(shown(created, activated, stopped, deactivated)).toMatchObject({
      status: 'Inactive',
      started: false,
      awaits: null,
    });
  });
  it('returns to Inactive after a modification', () =>
    expect(shown(created, activated, stopped, deactivated, intervalChanged, modified)).toMatchObject({
      status: 'Inactive',
      aggregationInterval: 1,
    }));
});

describe('a flow log whose resource was deleted', () => {
  const orphaned = [created, activated, happened('FlowLogResourceDeleted', { resourceId: 'vpc-1' })];
  it('keeps its status and is Idle (DD-29)', () =>
    expect(shown(...orphaned)).toMatchObject({
      status: 'Active',
      delivery: { state: 'Idle', since: second(2), reason: 'ResourceDeleted' },
    }));
  it('has nothing to deliver after a restart either', () =>
    expect(shown(...orphaned, stopped, deactivated, started, activated)).toMatchObject({
      status: 'Active',
      delivery: { state: 'Idle', reason: 'ResourceDeleted' },
    }));
});

describe('a changed flow log', () => {
  it('waits in Modifying for a plan that covers the change', () =>
    expect(shown(created, activated, intervalChanged)).toMatchObject({
      status: 'Modifying',
      aggregationInterval: 1,
      awaits: { position: '2' },
    }));
  it('shows new words at once', () =>
    expect(
      shown(
        created,
        activated,
        happened('FlowLogRenamed', { text: { name: 'core' } }),
        happened('FlowLogDescribed', { text: { description: 'd' } }),
        happened('FlowLogTagged', { tags: [] }),
        happened('FlowLogMoved', { resourceGroupId: 'rg-2' }),
        happened('FlowLogIpVersionChanged', { from: 'IPv4', to: 'DualStack' }),
      ),
    ).toMatchObject({
      name: 'core',
      description: 'd',
      tags: [],
      resourceGroupId: 'rg-2',
      ipVersion: 'DualStack',
      revision: 5,
    }));
});

describe('a deleted flow log', () => {
  it('is Deleting while it drains', () =>
    expect(shown(created, activated, deletionStarted)).toMatchObject({
      status: 'Deleting',
      delivery: { state: 'Idle', reason: 'Deleting' },
    }));
  it('is listed no more', () =>
    expect(
      shown(created, activated, deletionStarted, happened('FlowLogDeleted', { key: 'k', expiredEntries: 0 })),
    ).toBeUndefined());
});
