import {
  ChangeFlowLog,
  GetFlowLogEvents,
  ListEvents,
  ListFlowLogs,
  StartFlowLog,
  StopFlowLog,
} from '@flowledger/flow-log';
import { DeleteLogstore } from '@flowledger/log-service';
import { ControlPlane, accountId, contextOf } from '../testing/control-plane';
import { activeFlowLog, makeLogstore, read, takeUpPlan, target } from '../testing/scene';
import { AcknowledgePlan } from './commands/acknowledge-plan';
import { ReportDelivery } from './commands/report-delivery';
import { GetDelivery } from './queries/get-delivery';

let plane: ControlPlane;
let flowLogId: string;
beforeEach(async () => {
  plane = await ControlPlane.open();
  ({ flowLogId } = await activeFlowLog(plane));
});
afterEach(() => plane.close());

const start = (): Promise<unknown> => plane.execute(new StartFlowLog(contextOf(), { flowLogId }));
const silentlyStopped = (): Promise<unknown> => plane.until(flowLogId, ({ health }) => health === 'Stopped');

describe('a flow log whose logstore is deleted', () => {
  beforeEach(async () => {
    await plane.execute(new DeleteLogstore(contextOf(), target));
    await silentlyStopped();
  });

  it('shows the label of the cloud and the honest state side by side', async () => {
    expect(await plane.ask(new GetDelivery(accountId, flowLogId))).toMatchObject({
      label: 'SUCCESS',
      deliverErrorMessage: '',
      honest: { state: 'Stopped', reason: 'LogstoreDeleted' },
    });
  });

  it('cannot start while there is no such logstore', () =>
    expect(start()).rejects.toMatchObject({ code: 'TargetMissing' }));

  it('delivers again after the same name was made again and it was started', async () => {
    await makeLogstore(plane);
    await start();
    await takeUpPlan(plane, flowLogId);
    expect(await plane.until(flowLogId, ({ status }) => status === 'Active')).toMatchObject({
      health: 'Delivering',
    });
  });

  it('stops silently again when the new logstore is missing, too', async () => {
    await makeLogstore(plane);
    await start();
    await takeUpPlan(plane, flowLogId);
    await plane.until(flowLogId, ({ status }) => status === 'Active');
    const report = { flowLogId, outcome: 'target-missing', detail: '' } as const;
    expect(await plane.execute(new ReportDelivery(contextOf(), report))).toBe('recorded');
    await silentlyStopped();
    expect(await plane.execute(new ReportDelivery(contextOf(), report))).toBe('unchanged');
  });

  it('is still there as it was before', async () => {
    const { items } = await plane.ask(new GetFlowLogEvents(accountId, flowLogId, { limit: 100 }));
    const activated = items.find(({ type }) => type === 'FlowLogActivated')!;
    expect(await read(plane, flowLogId, activated.position)).toMatchObject({ health: 'Delivering' });
    expect(await read(plane, flowLogId, new Date().toISOString())).toMatchObject({ health: 'Stopped' });
    await expect(read(plane, flowLogId, '2020-01-01T00:00:00Z')).rejects.toMatchObject({
      code: 'FlowLogNotFound',
    });
    await expect(read(plane, flowLogId, 'yesterday')).rejects.toMatchObject({ code: 'InvalidParameter' });
  });

  it('has a trail from the reservation over the deletion of the target to the silent stop', async () => {
    const { items } = await plane.ask(new GetFlowLogEvents(accountId, flowLogId, { limit: 100 }));
    const types = items.map(({ type }) => type).filter((type) => type !== 'ProcessStepTaken');
    expect(types).toEqual([
      'FlowLogReserved',
      'FlowLogCreated',
      'PlanAcknowledged',
      'FlowLogActivated',
      'LogstoreDeleted',
      'DeliveryStopped',
    ]);
    expect(items.find(({ type }) => type === 'DeliveryStopped')).toMatchObject({
      stream: `flowLog-${flowLogId}`,
      actor: 'system:delivery',
      command: 'StopDelivery',
    });
    const first = await plane.ask(new GetFlowLogEvents(accountId, flowLogId, { limit: 2 }));
    const rest = await plane.ask(
      new GetFlowLogEvents(accountId, flowLogId, { limit: 100, after: first.nextCursor! }),
    );
    expect([...first.items, ...rest.items]).toEqual(items);
  });
});

describe('a flow log of another account', () => {
  it('is not found', async () => {
    const other = '2000000000000002';
    await expect(plane.ask(new GetFlowLogEvents(other, flowLogId, { limit: 1 }))).rejects.toMatchObject({
      code: 'FlowLogNotFound',
    });
    await expect(plane.ask(new GetDelivery(other, flowLogId))).rejects.toMatchObject({
      code: 'FlowLogNotFound',
    });
    expect(await plane.ask(new ListFlowLogs(other, { limit: 10 }))).toMatchObject({ items: [] });
    expect(await plane.ask(new ListEvents(other, { limit: 10 }))).toMatchObject({ items: [] });
  });
});

describe('the events of the account', () => {
  it('come page by page, each once', async () => {
    const all = await plane.ask(new ListEvents(accountId, { limit: 1_000 }));
    const first = await plane.ask(new ListEvents(accountId, { limit: 3 }));
    const rest = await plane.ask(new ListEvents(accountId, { limit: 1_000, after: first.nextCursor! }));
    expect([...first.items, ...rest.items].slice(0, all.items.length)).toEqual(all.items);
    const only = await plane.ask(new ListEvents(accountId, { limit: 10, streamPrefixes: ['project-'] }));
    expect(only.items.map(({ type }) => type)).toEqual(['ProjectCreated', 'LogstoreCreated']);
  });
});

describe('a plan', () => {
  it('older than the order completes nothing', async () => {
    await plane.execute(new StopFlowLog(contextOf(), { flowLogId }));
    await plane.caughtUp();
    const old = new AcknowledgePlan(contextOf(), { flowLogIds: [], planVersion: 1, position: '0' });
    expect(await plane.execute(old)).toEqual({ completed: [] });
  });

  it('without the flow log completes its stop', async () => {
    await plane.execute(new StopFlowLog(contextOf(), { flowLogId }));
    expect(await takeUpPlan(plane)).toEqual([flowLogId]);
    await plane.until(flowLogId, ({ status }) => status === 'Inactive');
  });

  it('without the flow log does not complete a start', async () => {
    await plane.execute(new StopFlowLog(contextOf(), { flowLogId }));
    await takeUpPlan(plane);
    await plane.until(flowLogId, ({ status }) => status === 'Inactive');
    await start();
    expect(await takeUpPlan(plane)).toEqual([]);
    expect(await takeUpPlan(plane, flowLogId)).toEqual([flowLogId]);
  });

  it('completes a modification', async () => {
    await plane.execute(
      new ChangeFlowLog(contextOf(), { flowLogId, changes: { aggregationInterval: 1, name: 'core' } }),
    );
    await takeUpPlan(plane, flowLogId);
    expect(await plane.until(flowLogId, ({ status }) => status === 'Active')).toMatchObject({
      aggregationInterval: 1,
      name: 'core',
    });
  });
});

describe('a delivery that fails and recovers', () => {
  it('shows FAILED, then SUCCESS', async () => {
    const report = (outcome: 'stalled' | 'delivering'): Promise<unknown> =>
      plane.execute(
        new ReportDelivery(contextOf(), {
          flowLogId,
          outcome,
          detail: 'refused',
          ...(outcome === 'stalled' && { message: 'UnavaliableTarget' as const }),
        }),
      );
    await report('stalled');
    expect(await plane.until(flowLogId, ({ health }) => health === 'Stalled')).toMatchObject({
      deliverStatus: 'FAILED',
      deliverErrorMessage: 'UnavaliableTarget',
    });
    await report('delivering');
    expect(await plane.until(flowLogId, ({ health }) => health === 'Delivering')).toMatchObject({
      deliverStatus: 'SUCCESS',
    });
  });

  it('of a flow log that is gone is no news', async () =>
    expect(
      await plane.execute(
        new ReportDelivery(contextOf(), { flowLogId: 'fl-gone', outcome: 'stalled', detail: '' }),
      ),
    ).toBe('unknown-flow-log'));
});
