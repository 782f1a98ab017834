import type { AggregationInterval, CollectionPeriod, PlannedFlowLog } from '@flowledger/flow-record';
import { inForce } from './scope';
import type { ScopeFlowLog, ScopeInterface } from './scope';

const notCollected: Omit<CollectionPeriod, 'from'> = { aggregationInterval: null, flowLogs: [] };

/** The first instant (Unix seconds) at or after `at` that is an edge of both windows, so that none is partial (DD-25). */
export function commonEdge(
  at: string,
  before: AggregationInterval | null,
  after: AggregationInterval | null,
): number {
  // 1, 5 and 10 divide each other, so the longer one's edges are edges of both.
  const window = 60 * Math.max(before ?? 1, after ?? 1);
  return Math.ceil(Date.parse(at) / 1000 / window) * window;
}

/**
 * Every period in which an interface is collected, oldest first; the last one may wait for its edge. The interval is the
 * shortest that any flow log asks for (DD-04).
 */
export function periodsOf(
  networkInterface: ScopeInterface,
  flowLogs: readonly ScopeFlowLog[],
): CollectionPeriod[] {
  const inForce: CollectionPeriod[] = [{ from: 0, ...notCollected }];
  let next: CollectionPeriod | undefined;
  for (const at of changeTimes(networkInterface, flowLogs)) {
    if (next && next.from <= Date.parse(at) / 1000) inForce.push(next);
    const current = inForce.at(-1)!;
    const wanted = wantedAt(networkInterface, flowLogs, at);
    const from = commonEdge(at, current.aggregationInterval, wanted.aggregationInterval);
    next = samePeriod(current, wanted) ? undefined : { from, ...wanted };
  }
  return next ? [...inForce, next] : inForce;
}

/** The period in force at `now` and, when a change waits for its edge, the one after it. */
export function scheduleOf(
  networkInterface: ScopeInterface,
  flowLogs: readonly ScopeFlowLog[],
  now: string,
): CollectionPeriod[] {
  const periods = periodsOf(networkInterface, flowLogs);
  const current = periods.findLastIndex(({ from }) => from <= Date.parse(now) / 1000);
  return periods.slice(current);
}

const changeTimes = (networkInterface: ScopeInterface, flowLogs: readonly ScopeFlowLog[]): string[] => {
  const times = [networkInterface.collectable, ...flowLogs.map(({ asked }) => asked)]
    .flat()
    .map(({ at }) => at);
  return [...new Set(times)].sort();
};

function wantedAt(
  networkInterface: ScopeInterface,
  flowLogs: readonly ScopeFlowLog[],
  at: string,
): Omit<CollectionPeriod, 'from'> {
  if (!inForce(networkInterface.collectable, at)?.collectable) return notCollected;
  const asking = flowLogs
    .map((flowLog) => ({ flowLog, asked: inForce(flowLog.asked, at) }))
    .filter(({ asked }) => asked !== undefined && asked.aggregationInterval !== null);
  if (asking.length === 0) return notCollected;
  return {
    aggregationInterval: Math.min(
      ...asking.map(({ asked }) => asked!.aggregationInterval!),
    ) as AggregationInterval,
    flowLogs: asking.map(({ flowLog: { flowLogId, trafficType, trafficPath }, asked }): PlannedFlowLog => ({
      flowLogId,
      trafficType,
      trafficPath,
      ipVersion: asked!.ipVersion,
    })),
  };
}

const samePeriod = (a: Omit<CollectionPeriod, 'from'>, b: Omit<CollectionPeriod, 'from'>): boolean =>
  a.aggregationInterval === b.aggregationInterval &&
  a.flowLogs.length === b.flowLogs.length &&
  a.flowLogs.every(({ flowLogId, ipVersion }, index) => {
    const other = b.flowLogs[index]!;
    return other.flowLogId === flowLogId && other.ipVersion === ipVersion;
  });
