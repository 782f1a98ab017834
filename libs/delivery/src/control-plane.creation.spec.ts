import {
  DeleteFlowLog,
  ListFlowLogs,
  StartFlowLog,
  flowLogRegistryStream,
  flowLogStream,
} from '@flowledger/flow-log';
import type { FlowLogReserved } from '@flowledger/flow-log';
import { GetLogstore } from '@flowledger/log-service';
import { DeleteVpc } from '@flowledger/network';
import { ControlPlane, accountId, contextOf, eventually } from '../testing/control-plane';
import { makeFlowLog, makeLogstore, makeProject, makeVpc, read, takeUpPlan, target } from '../testing/scene';
import { ReportDelivery } from './commands/report-delivery';

let plane: ControlPlane;
const open = async (options?: Parameters<typeof ControlPlane.open>[0]): Promise<void> => {
  plane = await ControlPlane.open(options);
};
afterEach(() => plane.close());

const typesOf = async (stream: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const event of plane.events.readStream(stream)) types.push(event.type);
  return types;
};

describe('the creation of a flow log', () => {
  it('makes the project and the logstore that it was asked to make', async () => {
    await open();
    await makeVpc(plane);
    const { flowLogId } = await makeFlowLog(plane, { createProject: true, createLogstore: true });
    expect(flowLogId).toMatch(/^fl-bp1[a-z0-9]{18}$/);
    expect(await read(plane, flowLogId)).toMatchObject({ status: 'Activating', regionId: 'cn-hangzhou' });
    expect(
      await plane.ask(new GetLogstore(accountId, target.projectName, target.logstoreName)),
    ).toMatchObject({ ttl: 300 });
  });

  it('uses what exists, retention included', async () => {
    await open();
    await makeVpc(plane);
    await makeProject(plane);
    await makeLogstore(plane);
    await makeFlowLog(plane, { createProject: true, createLogstore: true, enableLogAnalysisReport: true });
    expect(
      await plane.ask(new GetLogstore(accountId, target.projectName, target.logstoreName)),
    ).toMatchObject({ ttl: 30 });
  });

  it('leaves nothing behind when it is refused', async () => {
    await open();
    await expect(makeFlowLog(plane, { createProject: true, createLogstore: true })).rejects.toMatchObject({
      code: 'ResourceNotFound',
    });
    expect(await plane.events.head()).toBeUndefined();
  });

  it('finds a project of another account taken', async () => {
    await open();
    await makeVpc(plane);
    await makeProject(plane, '2000000000000002');
    await expect(makeFlowLog(plane, { createProject: true, createLogstore: true })).rejects.toMatchObject({
      code: 'ForeignProject',
    });
  });

  it('sees that the id belongs to another kind of resource', async () => {
    await open();
    await makeVpc(plane);
    await expect(makeFlowLog(plane, { resourceType: 'VSwitch' })).rejects.toMatchObject({
      code: 'ResourceTypeMismatch',
    });
  });

  it('is one flow log when the same command comes twice', async () => {
    await open();
    await makeVpc(plane);
    const context = contextOf();
    const asked = { createProject: true, createLogstore: true };
    const first = await makeFlowLog(plane, asked, context);
    expect(await makeFlowLog(plane, asked, context)).toEqual(first);
    expect(await typesOf(flowLogStream(first.flowLogId))).toEqual(['FlowLogCreated']);
  });

  it('is one flow log when many race for the key, and the others get the refusal', async () => {
    await open();
    await makeVpc(plane);
    const race = await Promise.allSettled(
      Array.from({ length: 8 }, () => makeFlowLog(plane, { createProject: true, createLogstore: true })),
    );
    const lost = race.filter((attempt) => attempt.status === 'rejected');
    expect(lost).toHaveLength(7);
    for (const { reason } of lost) expect(reason).toMatchObject({ code: 'FlowLogAlreadyExists' });
  });

  it('keeps the quota in a race', async () => {
    await open({ quota: 3 });
    const vpcs = ['vpc-1', 'vpc-2', 'vpc-3', 'vpc-4', 'vpc-5'];
    for (const vpc of vpcs) await makeVpc(plane, vpc);
    const race = await Promise.allSettled(
      vpcs.map((resourceId) => makeFlowLog(plane, { resourceId, createProject: true, createLogstore: true })),
    );
    expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const { items } = await plane.ask(new ListFlowLogs(accountId, { limit: 10 }));
    expect(items).toHaveLength(3);
  });
});

describe('a creation that a crash cut off after the reservation', () => {
  const flowLogId = 'fl-bp1reservedreserved12';
  const reserve = async (create: boolean): Promise<void> => {
    const { commandId, correlationId: $correlationId, causationId: $causationId, ...who } = contextOf();
    const metadata = { ...who, $correlationId, $causationId, command: 'CreateFlowLog', schemaVersion: 1 };
    const data: FlowLogReserved['data'] = {
      flowLogId,
      key: 'VPC/vpc-1/all',
      settings: {
        ...target,
        regionId: 'cn-hangzhou',
        resourceType: 'VPC',
        resourceId: 'vpc-1',
        vpcId: 'vpc-1',
        trafficType: 'All',
        trafficPath: ['all'],
        aggregationInterval: 10,
        ipVersion: 'IPv4',
        resourceGroupId: 'rg-default',
      },
      text: { name: '', description: '' },
      tags: [],
      target: { createProject: create, createLogstore: create, enableLogAnalysisReport: true },
    };
    const reserved = { id: commandId, type: 'FlowLogReserved', data, metadata };
    await plane.events.append(flowLogRegistryStream(accountId), 'no-stream', [reserved]);
  };
  const created = (): Promise<void> =>
    eventually(async () => (await typesOf(flowLogStream(flowLogId))).includes('FlowLogCreated'));

  it('is finished by the lifecycle process: project, logstore and flow log', async () => {
    await open();
    await reserve(true);
    await created();
    expect(
      await plane.ask(new GetLogstore(accountId, target.projectName, target.logstoreName)),
    ).toMatchObject({ ttl: 7 });
    await takeUpPlan(plane, flowLogId);
    expect(await plane.until(flowLogId, ({ status }) => status === 'Active')).toMatchObject({
      health: 'Delivering',
    });
  });

  it('stalls when the target has vanished in between, and starts once it is there', async () => {
    await open();
    await reserve(false);
    await created();
    expect(await plane.until(flowLogId, ({ health }) => health === 'Stalled')).toMatchObject({
      deliverStatus: 'FAILED',
      deliverErrorMessage: 'UnavaliableTarget',
    });
    await takeUpPlan(plane, flowLogId);
    await plane.until(flowLogId, ({ status }) => status === 'Active');
    await makeProject(plane);
    await makeLogstore(plane);
    await plane.execute(new StartFlowLog(contextOf(), { flowLogId }));
    await takeUpPlan(plane, flowLogId);
    expect(await plane.until(flowLogId, ({ status }) => status === 'Active')).toMatchObject({
      health: 'Delivering',
    });
  });
});

describe('a deleted flow log', () => {
  it('gives its key and its place in the quota back', async () => {
    await open({ quota: 1 });
    await makeVpc(plane);
    const { flowLogId } = await makeFlowLog(plane, { createProject: true, createLogstore: true });
    await takeUpPlan(plane, flowLogId);
    await plane.until(flowLogId, ({ status }) => status === 'Active');
    await plane.execute(new DeleteFlowLog(contextOf(), { flowLogId }));
    await plane.caughtUp();
    await plane.execute(
      new ReportDelivery(contextOf(), { flowLogId, outcome: 'drained', detail: '', expiredEntries: 2 }),
    );
    await expect(plane.until(flowLogId, () => false)).rejects.toMatchObject({ code: 'FlowLogNotFound' });
    await eventually(async () =>
      (await typesOf(flowLogRegistryStream(accountId))).includes('FlowLogReleased'),
    );
    expect((await makeFlowLog(plane)).flowLogId).not.toBe(flowLogId);
  });
});

describe('a deleted resource', () => {
  it('leaves its flow log, idle and with the reason', async () => {
    await open();
    await makeVpc(plane);
    const { flowLogId } = await makeFlowLog(plane, { createProject: true, createLogstore: true });
    await takeUpPlan(plane, flowLogId);
    await plane.until(flowLogId, ({ status }) => status === 'Active');
    await plane.execute(new DeleteVpc(contextOf(), { vpcId: 'vpc-1' }));
    const orphaned = await plane.until(flowLogId, ({ health }) => health === 'Idle');
    expect(orphaned).toMatchObject({ status: 'Active', delivery: { reason: 'ResourceDeleted' } });
  });
});
