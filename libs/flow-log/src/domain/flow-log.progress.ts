import type { FlowLogProgress } from './flow-log.commands';
import type { FlowLogEvent } from './flow-log.events';
import { flowLogKey } from './flow-log.key';
import type { PresentFlowLog } from './flow-log.state';

/** What the saga tells is true or too late: it is never refused, and what does not fit the state changes nothing. */
export function noteProgress(told: FlowLogProgress, flowLog: PresentFlowLog): FlowLogEvent[] {
  const { flowLogId } = told;
  const { status, delivery } = flowLog;
  const delivers = flowLog.started && status !== 'Deleting' && delivery !== 'Stopped';
  switch (told.type) {
    case 'ActivateFlowLog':
      return status === 'Activating' ? [{ type: 'FlowLogActivated', data: { flowLogId } }] : [];
    case 'DeactivateFlowLog':
      return status === 'Deactivating' ? [{ type: 'FlowLogDeactivated', data: { flowLogId } }] : [];
    case 'CompleteModification':
      return status === 'Modifying' ? [{ type: 'FlowLogModified', data: { flowLogId } }] : [];
    case 'CompleteDeletion':
      return status === 'Deleting'
        ? [
            {
              type: 'FlowLogDeleted',
              data: { flowLogId, key: flowLogKey(flowLog.settings), expiredEntries: told.expiredEntries },
            },
          ]
        : [];
    case 'StopDelivery': {
      const { logstoreId, reason } = told;
      return delivers && logstoreId === flowLog.logstoreId
        ? [{ type: 'DeliveryStopped', data: { flowLogId, logstoreId, reason } }]
        : [];
    }
    case 'StallDelivery': {
      const { message, detail } = told;
      return delivers && message !== flowLog.stalledBy
        ? [{ type: 'DeliveryStalled', data: { flowLogId, message, detail } }]
        : [];
    }
    case 'DegradeDelivery':
      return delivers && delivery !== 'Degraded'
        ? [{ type: 'DeliveryDegraded', data: { flowLogId, detail: told.detail } }]
        : [];
    case 'RecoverDelivery':
      return delivers && delivery !== 'Delivering' && flowLog.logstoreId !== null
        ? [{ type: 'DeliveryRecovered', data: { flowLogId } }]
        : [];
    case 'ResourceGone':
      return !flowLog.resourceDeleted && told.resourceId === flowLog.settings.resourceId
        ? [{ type: 'FlowLogResourceDeleted', data: { flowLogId, resourceId: told.resourceId } }]
        : [];
  }
}
