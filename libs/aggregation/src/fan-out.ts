import type { FlowLogEntry, PlannedFlowLog, TrafficEntry } from '@flowledger/flow-record';
import { pathMatches, takesAllPaths } from '@flowledger/flow-record';

/** The ids of the flow logs that take an entry, in the order given. A gap concerns every one of them. */
export function fanOut(entry: FlowLogEntry, flowLogs: readonly PlannedFlowLog[]): string[] {
  return flowLogs
    .filter((flowLog) => entry.logStatus !== 'OK' || takes(flowLog, entry))
    .map(({ flowLogId }) => flowLogId);
}

function takes(flowLog: PlannedFlowLog, entry: TrafficEntry): boolean {
  if (entry.type === 'IPv6' && flowLog.ipVersion !== 'DualStack') return false;
  if (flowLog.trafficType === 'Allow' && entry.action !== 'ACCEPT') return false;
  if (flowLog.trafficType === 'Drop' && entry.action !== 'REJECT') return false;
  // A specific path never records rejected traffic (DD-05).
  if (entry.action === 'REJECT') return takesAllPaths(flowLog.trafficPath);
  return pathMatches(flowLog.trafficPath, entry.trafficPath);
}
