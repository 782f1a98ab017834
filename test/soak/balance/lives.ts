import type { Cell } from '../load/cell';
import { Findings } from './check';
import type { Check } from './check';
import type { LogOfRun } from './log-of-run';

type OfFlowLog = { readonly flowLogId: string; readonly logstoreId?: string };

/** Every flow log begins once, and those that were deleted end once; a silent stop is told once for each logstore. */
export function livesOfFlowLogs(cells: readonly Cell[], log: LogOfRun): Check {
  const findings = new Findings();
  const expected = cells.flatMap(({ flowLogs }) => flowLogs);
  const known = new Set(expected.map(({ flowLogId }) => flowLogId));
  const timesOf = (type: string, key: (data: OfFlowLog) => string) => {
    const times = new Map<string, number>();
    for (const { data } of log.ofType<OfFlowLog>(type)) times.set(key(data), (times.get(key(data)) ?? 0) + 1);
    return times;
  };
  for (const [type, ends] of Object.entries({
    FlowLogReserved: false,
    FlowLogCreated: false,
    FlowLogDeletionStarted: true,
    FlowLogDeleted: true,
    FlowLogReleased: true,
  })) {
    const times = timesOf(type, ({ flowLogId }) => flowLogId);
    findings.count(type, times.size);
    for (const { flowLogId, status } of expected) {
      const wanted = !ends || status === 'Gone' ? 1 : 0;
      const seen = times.get(flowLogId) ?? 0;
      findings.expect(
        seen === wanted,
        () => `${flowLogId} (${status}): ${type} is there ${seen} times, not ${wanted}`,
      );
    }
    for (const flowLogId of times.keys())
      findings.expect(known.has(flowLogId), () => `${type} of ${flowLogId}, which nobody was told of`);
  }
  for (const [what, times] of timesOf(
    'DeliveryStopped',
    ({ flowLogId, logstoreId }) => `${flowLogId} on ${logstoreId}`,
  )) {
    findings.count('DeliveryStopped', times);
    findings.expect(times === 1, () => `the silent stop of ${what} was told ${times} times`);
  }
  return findings.as('lives of flow logs');
}
