import { FlowLogRejected } from './flow-log.errors';
import type { PresentFlowLog } from './flow-log.state';

/** DD-12: one operation at a time. */
export function assertSteady({ status }: PresentFlowLog): void {
  if (status === 'Active' || status === 'Inactive') return;
  const next = status === 'Deleting' ? 'it will be gone soon' : 'try again when it is Active or Inactive';
  throw new FlowLogRejected('IncorrectStatus', `The flow log is ${status}: ${next}`);
}

/** Tags and resource group are no operation of the flow log: only a deletion is in their way (DD-24). */
export function assertNotDeleting(flowLog: PresentFlowLog): void {
  if (flowLog.status === 'Deleting') assertSteady(flowLog);
}

/** DD-13: the refusal names the state and what is allowed in it. */
export const wrongStatus = ({ status }: PresentFlowLog, allowed: string): FlowLogRejected =>
  new FlowLogRejected('InvalidStatus', `The flow log is ${status}: it can be ${allowed}`);
