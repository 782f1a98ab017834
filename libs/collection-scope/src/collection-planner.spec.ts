import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event, RecordedEvent } from '@flowledger/event-sourcing';
import { recorded } from '@flowledger/event-sourcing/testing';
import { logstoreBindings } from '@flowledger/log-service';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { accountId, flowLogCreated, interfaceCreated } from '../testing/scope-events';
import { CollectionPlanner } from './collection-planner';
import { collectionScopeProjections } from './index';
import { scopeFlowLogs } from './projections/scope-flow-logs.projection';
import { scopeInterfaces } from './projections/scope-interfaces.projection';

const at = (clock: string): string => `2026-01-01T${clock}.000Z`;
let index = 0;
const happened = (event: Event, clock: string): RecordedEvent =>
  recorded(event, index++, {
    stream: event.type.startsWith('NetworkInterface') ? `network-${accountId}` : 'flowLog-fl-1',
    at: at(clock),
    accountId,
  });

const plannerAfter = (...events: RecordedEvent[]): CollectionPlanner => {
  const planner = new CollectionPlanner();
  planner.apply(events);
  return planner;
};
const covered = () => [
  happened(interfaceCreated('eni-1', '10.0.0.1'), '01:00:00'),
  happened(flowLogCreated('fl-1'), '01:02:00'),
];

describe('a plan for a VPC flow log', () => {
  it('names each interface with what comes at the next edge, and where its entries go', () => {
    const plan = plannerAfter(...covered()).plan(at('01:02:01'));
    expect(plan.interfaces).toMatchObject([
      {
        networkInterfaceId: 'eni-1',
        addresses: ['10.0.0.1'],
        schedule: [
          { aggregationInterval: null },
          {
            from: Date.parse(at('01:05:00')) / 1000,
            aggregationInterval: 5,
            flowLogs: [{ flowLogId: 'fl-1' }],
          },
        ],
      },
    ]);
    expect(plan.deliveries).toEqual([
      { flowLogId: 'fl-1', accountId, logstoreId: 'logstore-1', state: 'deliver' },
    ]);
  });

  it('drops the past once the edge has passed', () => {
    const planner = plannerAfter(...covered());
    planner.plan(at('01:02:01'));
    expect(planner.plan(at('01:05:00')).interfaces[0]!.schedule).toHaveLength(1);
  });

  it('includes an interface that is created later', () => {
    const planner = plannerAfter(...covered());
    const changes = planner.apply([happened(interfaceCreated('eni-2', '10.0.0.2'), '01:06:00')]);
    expect(changes).toBe(true);
    expect(planner.plan(at('01:06:01')).interfaces).toHaveLength(2);
  });

  it('leaves out a deleted interface', () => {
    const planner = plannerAfter(...covered());
    const gone = { networkInterfaceId: 'eni-1', vSwitchId: 'vsw-1', vpcId: 'vpc-1' };
    planner.apply([happened({ type: 'NetworkInterfaceDeleted', data: gone }, '01:06:00')]);
    expect(planner.plan(at('01:06:01')).interfaces).toEqual([]);
  });

  it('holds entries when delivery has stopped, drains while deleting, discards when deleted', () => {
    const planner = plannerAfter(...covered());
    const state = (event: Event): unknown => {
      planner.apply([happened(event, '01:10:00')]);
      return planner.plan(at('01:10:01')).deliveries[0]!.state;
    };
    const data = { flowLogId: 'fl-1' };
    expect(
      state({
        type: 'DeliveryStopped',
        data: { ...data, logstoreId: 'logstore-1', reason: 'LogstoreDeleted' },
      }),
    ).toBe('hold');
    expect(state({ type: 'FlowLogDeletionStarted', data })).toBe('drain');
    expect(state({ type: 'FlowLogDeleted', data: { ...data, key: 'k', expiredEntries: 0 } })).toBe('discard');
  });

  it('is not changed by events that are none of its business', () => {
    expect(
      plannerAfter().apply([recorded({ type: 'TokenRevoked', data: {} }, 1, { stream: 'access-1' })]),
    ).toBe(false);
  });
});

describe('a flow log in transition', () => {
  it('waits for an acknowledgement, each transition anew, until it is told', () => {
    const planner = plannerAfter(...covered());
    const [created] = planner.waiting();
    expect(created).toMatchObject({ flowLogId: 'fl-1', accountId });
    planner.apply([happened({ type: 'FlowLogActivated', data: { flowLogId: 'fl-1' } }, '01:02:01')]);
    expect(planner.waiting()).toEqual([]);
    planner.apply([happened({ type: 'FlowLogStopped', data: { flowLogId: 'fl-1' } }, '01:03:00')]);
    expect(planner.waiting()[0]!.change).not.toBe(created!.change);
  });
});

describe('a planner that starts anew', () => {
  it('plans the same from the read models', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'planner-'));
    const readModels = await EmbeddedReadModelStore.open({ directory });
    try {
      await readModels.define([scopeInterfaces, scopeFlowLogs, logstoreBindings]);
      const before = plannerAfter(...covered());
      await storeAll(readModels, covered());
      const after = new CollectionPlanner();
      await after.load(readModels, undefined);
      const { interfaces, deliveries } = before.plan(at('02:00:00'));
      expect(after.plan(at('02:00:00'))).toMatchObject({ interfaces, deliveries });
    } finally {
      await readModels.close();
      rmSync(directory, { recursive: true });
    }
  });
});

async function storeAll(readModels: EmbeddedReadModelStore, events: RecordedEvent[]): Promise<void> {
  for (const event of events) {
    const writes = collectionScopeProjections
      .filter(({ streamPrefixes }) => streamPrefixes.some((prefix) => event.stream.startsWith(prefix)))
      .map((projection) => {
        const id = projection.documentIds(event) as string;
        const document = projection.evolve(undefined, event, id);
        return { readModel: projection.readModel, accountId, id, document, position: event.position };
      });
    await readModels.commit({ consumer: 'test', writes, checkpoint: { position: event.position } });
  }
}
