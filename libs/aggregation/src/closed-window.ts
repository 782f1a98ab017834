import type {
  AggregationInterval,
  EntryInterface,
  FlowLogEntry,
  GapEntry,
  PlannedFlowLog,
  PlannedInterface,
} from '@flowledger/flow-record';
import type { Window } from './schedule';
import type { Volume } from './tally';
import { noVolume } from './tally';

/** All entries of one window on one interface, before they are fanned out. */
export interface ClosedWindow {
  readonly networkInterfaceId: string;
  readonly accountId: string;
  /** Minutes. */
  readonly interval: AggregationInterval;
  /** Unix seconds; `windowEnd` is exclusive. */
  readonly windowStart: number;
  readonly windowEnd: number;
  /** The flow logs that covered the interface when the window began. */
  readonly flowLogs: readonly PlannedFlowLog[];
  /** Traffic first, sorted by key; then at most one gap entry a reason. */
  readonly entries: readonly FlowLogEntry[];
  /** What the traffic entries add up to. */
  readonly recorded: Volume;
  /** What found no room in the window's table. */
  readonly overflow: Volume;
}

export function entryInterface(planned: PlannedInterface): EntryInterface {
  const { accountId, regionId, networkInterfaceId, instanceId, vSwitchId, vpcId } = planned;
  return { accountId, regionId, networkInterfaceId, instanceId, vSwitchId, vpcId };
}

export function gapEntry(
  at: EntryInterface,
  window: Window,
  logStatus: GapEntry['logStatus'],
  reason?: string,
): GapEntry {
  const gap = { ...at, logStatus, start: window.start, end: window.end };
  return reason === undefined ? gap : { ...gap, reason };
}

export function closedWindow(
  at: EntryInterface,
  window: Window,
  entries: readonly FlowLogEntry[],
  volumes: { recorded: Volume; overflow: Volume } = { recorded: noVolume, overflow: noVolume },
): ClosedWindow {
  return {
    networkInterfaceId: at.networkInterfaceId,
    accountId: at.accountId,
    interval: window.interval,
    windowStart: window.start,
    windowEnd: window.end,
    flowLogs: window.period.flowLogs,
    entries,
    ...volumes,
  };
}
