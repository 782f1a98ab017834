import { formatPosition } from '@flowledger/event-sourcing';
import { CreateFlowLog, GetFlowLog } from '@flowledger/flow-log';
import type { FlowLogRequest, FlowLogView, FlowLogWritten } from '@flowledger/flow-log';
import { CreateLogstore, CreateProject } from '@flowledger/log-service';
import { CreateVpc } from '@flowledger/network';
import { AcknowledgePlan } from '../src';
import { accountId, contextOf } from './control-plane';
import type { ControlPlane } from './control-plane';

const regionId = 'cn-hangzhou';
export const target = { projectName: 'audit', logstoreName: 'flows' };
export const request: FlowLogRequest = {
  resourceType: 'VPC',
  resourceId: 'vpc-1',
  trafficType: 'All',
  ...target,
};

export const makeVpc = (plane: ControlPlane, vpcId = 'vpc-1'): Promise<unknown> =>
  plane.execute(new CreateVpc(contextOf(), { vpcId, regionId, cidrBlock: '10.0.0.0/16', name: vpcId }));

export const makeProject = (plane: ControlPlane, owner = accountId): Promise<unknown> =>
  plane.execute(
    new CreateProject(contextOf(owner), { projectName: target.projectName, description: '', regionId }),
  );

export const makeLogstore = (plane: ControlPlane): Promise<{ logstoreId: string }> =>
  plane.execute(new CreateLogstore(contextOf(), target));

export const makeFlowLog = (
  plane: ControlPlane,
  asked: Partial<FlowLogRequest> = {},
  context = contextOf(),
): Promise<FlowLogWritten> => plane.execute(new CreateFlowLog(context, { ...request, ...asked }));

/** The collector takes up a plan that covers everything so far. */
export async function takeUpPlan(plane: ControlPlane, ...flowLogIds: string[]): Promise<readonly string[]> {
  await plane.caughtUp();
  const position = formatPosition((await plane.events.head())!);
  const { completed } = await plane.execute(
    new AcknowledgePlan(contextOf(), { flowLogIds, planVersion: 1, position }),
  );
  return completed;
}

export async function activeFlowLog(plane: ControlPlane): Promise<FlowLogView> {
  await makeVpc(plane);
  await makeProject(plane);
  await makeLogstore(plane);
  const { flowLogId } = await makeFlowLog(plane);
  await takeUpPlan(plane, flowLogId);
  return plane.until(flowLogId, ({ status }) => status === 'Active');
}

export const read = (plane: ControlPlane, flowLogId: string, asOf?: string): Promise<FlowLogView> =>
  plane.ask(new GetFlowLog(accountId, flowLogId, asOf));
