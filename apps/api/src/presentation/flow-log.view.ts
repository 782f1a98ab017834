import type { FlowLogView, HonestDelivery } from '@flowledger/flow-log';
import type { SpoolGauges } from '@flowledger/log-store';

/** The honest state with what waits in the spool; both figures are null in as-of answers. */
export interface DeliveryJson extends HonestDelivery {
  readonly spooledEntries: number | null;
  /** ISO 8601 of the earliest entry that waits; null when none does. */
  readonly oldestSpooledWindow: string | null;
}

/** A flow log as every front door shows it. */
export interface FlowLogJson extends Omit<FlowLogView, 'delivery' | 'health'> {
  readonly delivery: DeliveryJson;
}

/**
 * Joins the gauges of now. Takes the whole document too: members that are for the service itself are left out by name.
 * @param gauges null for an answer about the past, where nobody counted them
 */
export function presentFlowLog(flowLog: FlowLogView, gauges: SpoolGauges | null): FlowLogJson {
  return {
    flowLogId: flowLog.flowLogId,
    name: flowLog.name,
    description: flowLog.description,
    accountId: flowLog.accountId,
    regionId: flowLog.regionId,
    resourceType: flowLog.resourceType,
    resourceId: flowLog.resourceId,
    vpcId: flowLog.vpcId,
    trafficType: flowLog.trafficType,
    trafficPath: flowLog.trafficPath,
    aggregationInterval: flowLog.aggregationInterval,
    ipVersion: flowLog.ipVersion,
    projectName: flowLog.projectName,
    logstoreName: flowLog.logstoreName,
    resourceGroupId: flowLog.resourceGroupId,
    status: flowLog.status,
    deliverStatus: flowLog.deliverStatus,
    deliverErrorMessage: flowLog.deliverErrorMessage,
    delivery: presentDeliveryState(flowLog.delivery, gauges),
    businessStatus: flowLog.businessStatus,
    serviceType: flowLog.serviceType,
    createdAt: flowLog.createdAt,
    revision: flowLog.revision,
    tags: flowLog.tags,
  };
}

export const presentDeliveryState = (
  { state, since, reason, detail }: HonestDelivery,
  gauges: SpoolGauges | null,
): DeliveryJson => ({
  state,
  since,
  reason,
  detail,
  spooledEntries: gauges?.spooledEntries ?? null,
  oldestSpooledWindow: gauges?.oldestWindow ?? null,
});
