import type { ProcessManager, RecordedEvent } from '@flowledger/event-sourcing';
import type { ResourceType } from '@flowledger/flow-log';
import type { DeliveryCommand, DeliveryInput } from './domain/delivery.inputs';
import { reactTo } from './domain/delivery.reactions';
import { evolveDelivery, unknownDelivery } from './domain/delivery.state';
import type { Delivery } from './domain/delivery.state';

/** Finds the flow logs that an event of another part of the domain concerns. */
export interface FlowLogLookup {
  /** Ids of the flow logs bound to one of the logstores. */
  flowLogsBoundTo(accountId: string, logstoreIds: readonly string[]): Promise<readonly string[]>;
  /** Ids of the flow logs made on this very resource, not those that merely cover it. */
  flowLogsOn(accountId: string, resourceType: ResourceType, resourceId: string): Promise<readonly string[]>;
}

/**
 * The delivery saga, one instance a flow log. It waits for the collector, stops silently when the target is deleted,
 * shows every other failure, and lets a deleted flow log drain.
 *
 * The law of its inputs: each is seen once. What holds for ever (a plan was acknowledged, a logstore is gone, the spool
 * is drained) leads to the same commands in any order. Conditions that pass (delivering, degraded, stalled) count in
 * the order of their sequence numbers, and only for the logstore that the flow log is bound to.
 */
export const deliveryProcess = (
  lookup: FlowLogLookup,
): ProcessManager<Delivery, DeliveryInput, DeliveryCommand> => ({
  name: 'delivery',
  streamPrefixes: ['flowLog-', 'deliveryReports-', 'project-', 'network-'],
  correlate: (event) => concerned(event as RecordedEvent as Told, lookup),
  initialState: () => unknownDelivery,
  evolve: evolveDelivery,
  react: reactTo,
});

type Told = {
  [Type in DeliveryInput['type']]: RecordedEvent<Extract<DeliveryInput, { type: Type }>>;
}[DeliveryInput['type']];

function concerned(
  { type, data, metadata }: Told,
  lookup: FlowLogLookup,
): readonly string[] | Promise<readonly string[]> {
  const { accountId } = metadata;
  switch (type) {
    case 'FlowLogCreated':
    case 'FlowLogStarted':
    case 'FlowLogStopped':
    case 'FlowLogIntervalChanged':
    case 'FlowLogIpVersionChanged':
    case 'FlowLogDeletionStarted':
    case 'PlanAcknowledged':
    case 'DeliveryReported':
      return [data.flowLogId];
    case 'LogstoreDeleted':
      return lookup.flowLogsBoundTo(accountId, [data.logstoreId]);
    case 'ProjectDeleted':
      return lookup.flowLogsBoundTo(
        accountId,
        data.logstores.map(({ logstoreId }) => logstoreId),
      );
    case 'VpcDeleted':
      return lookup.flowLogsOn(accountId, 'VPC', data.vpcId);
    case 'VSwitchDeleted':
      return lookup.flowLogsOn(accountId, 'VSwitch', data.vSwitchId);
    case 'NetworkInterfaceDeleted':
      return lookup.flowLogsOn(accountId, 'NetworkInterface', data.networkInterfaceId);
    default:
      return [];
  }
}
