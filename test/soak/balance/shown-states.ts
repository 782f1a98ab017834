import type { Cell, ExpectedFlowLog } from '../load/cell';
import type { Door } from '../load/door';
import { Findings } from './check';
import type { Check } from './check';

interface Shown {
  readonly flowLogId: string;
  readonly status: string;
  readonly aggregationInterval: number;
  readonly delivery: { readonly state: string };
}

/** What the door shows of every flow log against what the acknowledgements add up to. */
export async function shownStates(cells: readonly Cell[], door: Door): Promise<Check> {
  const findings = new Findings();
  const shown = new Map((await door.list<Shown>('/flow-logs')).map((one) => [one.flowLogId, one]));
  for (const cell of cells) {
    for (const flowLog of cell.flowLogs) {
      const { flowLogId, status, interval } = flowLog;
      const found = shown.get(flowLogId);
      shown.delete(flowLogId);
      findings.count(status);
      if (status === 'Gone')
        findings.expect(!found, () => `${flowLogId} was deleted and is shown as ${found!.status}`);
      else if (!found) findings.problem(`${flowLogId} is ${status} and is not shown`);
      else {
        const expected = `${status} every ${interval} min, ${deliveryOf(cell, flowLog, found)}`;
        const is = `${found.status} every ${found.aggregationInterval} min, ${found.delivery.state}`;
        findings.expect(is === expected, () => `${flowLogId} is ${is}, not ${expected}`);
        findings.count(`delivery ${found.delivery.state}`);
      }
    }
  }
  for (const flowLogId of shown.keys()) findings.problem(`${flowLogId} is shown, and nobody was told of it`);
  return findings.as('states against acknowledgements');
}

/** Only of an active flow log it follows from the commands. */
function deliveryOf({ delivering }: Cell, flowLog: ExpectedFlowLog, found: Shown): string {
  if (flowLog.status !== 'Active') return found.delivery.state;
  return delivering.includes(flowLog) ? 'Delivering' : 'Stopped';
}
