import { createHash } from 'node:crypto';
import { ChangeFlowLog, DeleteFlowLog, StartFlowLog, StopFlowLog, TagFlowLog } from '@flowledger/flow-log';
import { accessDecider, accessStream } from '@flowledger/access';
import { ReportDelivery } from '@flowledger/delivery';
import type { DeliveryReport } from '@flowledger/delivery';
import { AggregateStore } from '@flowledger/event-sourcing';
import type { EventStore, RecordedEvent } from '@flowledger/event-sourcing';
import { ChangeLogstoreRetention, DeleteLogstore, DeleteProject } from '@flowledger/log-service';
import {
  ChangeNetworkInterface,
  CreateNetworkInterface,
  CreateVSwitch,
  DeleteNetworkInterface,
  DeleteVpc,
  DeleteVSwitch,
} from '@flowledger/network';
import { receiptDecider, receiptStream } from '../../apps/api/src/http/request-receipt.decider';
import { accountId, contextOf, ControlPlane } from '../../libs/delivery/testing/control-plane';
import { activeFlowLog, makeVpc, takeUpPlan, target } from '../../libs/delivery/testing/scene';
import { erasure, processesInTrouble } from './process-story';

/**
 * A life in which every event happens, told to the real control plane on embedded stores. Gives the log as it was
 * stored.
 */
export async function tellStory(): Promise<RecordedEvent[]> {
  const plane = await ControlPlane.open();
  try {
    await liveOfAFlowLog(plane);
    await network(plane);
    await signIns(plane.events);
    await receipts(plane.events);
    await processesInTrouble(plane.events);
    await erasure(plane.events);
    await plane.caughtUp();
    return await storedLog(plane);
  } finally {
    await plane.close();
  }
}

async function storedLog({ events }: ControlPlane): Promise<RecordedEvent[]> {
  const log: RecordedEvent[] = [];
  for await (const event of events.readAll()) log.push(event);
  return log;
}

async function liveOfAFlowLog(plane: ControlPlane): Promise<void> {
  const { flowLogId } = await activeFlowLog(plane);
  const reported = async (report: Omit<DeliveryReport, 'flowLogId'>, health: string): Promise<void> => {
    await plane.execute(new ReportDelivery(contextOf(), { flowLogId, ...report }));
    await plane.until(flowLogId, (flowLog) => flowLog.health === health);
  };
  await reported({ outcome: 'degraded', detail: 'the third attempt arrived' }, 'Degraded');
  await reported({ outcome: 'stalled', detail: 'refused', message: 'UnavaliableTarget' }, 'Stalled');
  await reported({ outcome: 'delivering', detail: '' }, 'Delivering');

  const changes = {
    name: 'core',
    description: 'the core network',
    aggregationInterval: 1,
    ipVersion: 'DualStack',
  };
  await plane.execute(
    new ChangeFlowLog(contextOf(), { flowLogId, changes: { ...changes, resourceGroupId: 'rg-1' } }),
  );
  await takeUpPlan(plane, flowLogId);
  await plane.until(flowLogId, ({ status }) => status === 'Active');
  await plane.execute(new TagFlowLog(contextOf(), { flowLogId, tags: [{ key: 'team', value: 'core' }] }));
  await plane.execute(new StopFlowLog(contextOf(), { flowLogId }));
  await takeUpPlan(plane);
  await plane.until(flowLogId, ({ status }) => status === 'Inactive');
  await plane.execute(new StartFlowLog(contextOf(), { flowLogId }));
  await takeUpPlan(plane, flowLogId);
  await plane.until(flowLogId, ({ status }) => status === 'Active');

  await plane.execute(new ChangeLogstoreRetention(contextOf(), { ...target, ttl: 90 }));
  await plane.execute(new DeleteLogstore(contextOf(), target));
  await plane.until(flowLogId, ({ health }) => health === 'Stopped');
  await plane.execute(new DeleteVpc(contextOf(), { vpcId: 'vpc-1' }));
  await plane.until(flowLogId, ({ delivery }) => delivery.reason === 'ResourceDeleted');
  await plane.execute(new DeleteFlowLog(contextOf(), { flowLogId }));
  const drained = { flowLogId, outcome: 'drained', detail: '', logstoreId: null, expiredEntries: 3 } as const;
  await plane.execute(new ReportDelivery(contextOf(), drained));
  await gone(plane, flowLogId);
  await plane.execute(new DeleteProject(contextOf(), { projectName: target.projectName }));
}

const gone = (plane: ControlPlane, flowLogId: string): Promise<void> =>
  eventuallyStored(plane, ({ type, data }) => {
    return type === 'FlowLogReleased' && (data as { flowLogId: string }).flowLogId === flowLogId;
  });

async function eventuallyStored(
  plane: ControlPlane,
  holds: (event: RecordedEvent) => boolean,
): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  for await (const message of plane.events.subscribe({ signal })) {
    if (message.kind === 'events' && message.events.some(holds)) return;
  }
  throw new Error('It never came to that');
}

async function network(plane: ControlPlane): Promise<void> {
  const vpcId = 'vpc-2';
  await makeVpc(plane, vpcId);
  const vSwitchId = 'vsw-1';
  const block = { vpcId, zoneId: 'cn-hangzhou-b', cidrBlock: '10.0.1.0/24' };
  await plane.execute(new CreateVSwitch(contextOf(), { vSwitchId, ...block, name: 'b' }));
  const networkInterfaceId = 'eni-1';
  const privateIpAddresses = ['10.0.1.10'];
  await plane.execute(
    new CreateNetworkInterface(contextOf(), { networkInterfaceId, vSwitchId, privateIpAddresses }),
  );
  const change = { privateIpAddresses: ['10.0.1.10', 'fd00::10'] };
  const attach = { instanceId: 'i-1', instanceType: 'ecs.g6.large' };
  await plane.execute(new ChangeNetworkInterface(contextOf(), { networkInterfaceId, ...change, attach }));
  await plane.execute(new ChangeNetworkInterface(contextOf(), { networkInterfaceId, detach: true }));
  await plane.execute(new DeleteNetworkInterface(contextOf(), { networkInterfaceId }));
  await plane.execute(new DeleteVSwitch(contextOf(), { vSwitchId }));
}

async function signIns(events: EventStore): Promise<void> {
  const aggregates = new AggregateStore(events);
  const tokenId = 'tok-1';
  const secretHash = createHash('sha256').update('a secret of a test').digest('hex');
  const create = { type: 'CreateToken', tokenId, name: 'ci', role: 'operator', secretHash } as const;
  await aggregates.handle(accessStream(accountId), accessDecider, create, contextOf());
  await aggregates.handle(
    accessStream(accountId),
    accessDecider,
    { type: 'RevokeToken', tokenId },
    contextOf(),
  );
}

async function receipts(events: EventStore): Promise<void> {
  const aggregates = new AggregateStore(events);
  const stream = receiptStream(accountId, 'a-key');
  const hash = createHash('sha256').update('POST /api/v1/vpcs').digest('hex');
  await aggregates.handle(stream, receiptDecider, { type: 'AcceptRequest', hash }, contextOf());
  const answer = { status: 201, headers: { Location: '/api/v1/vpcs/vpc-2' }, body: '{"vpcId":"vpc-2"}' };
  await aggregates.handle(stream, receiptDecider, { type: 'AnswerRequest', answer }, contextOf());
}
