import { changesOf } from './flow-log.changes';
import type { FlowLogAddress, FlowLogOrder } from './flow-log.commands';
import { FlowLogRejected } from './flow-log.errors';
import type { FlowLogEvent } from './flow-log.events';
import { validTags } from './flow-log.rules';
import type { FlowLog, PresentFlowLog } from './flow-log.state';
import { assertNotDeleting, assertSteady, wrongStatus } from './flow-log.status';
import type { FlowLogTag } from './flow-log.values';

export function carryOutOrder(order: FlowLogOrder, state: FlowLog): FlowLogEvent[] {
  const flowLog = ownedBy(order, state);
  const { flowLogId } = order;
  switch (order.type) {
    case 'StartFlowLog':
      return start(flowLog, flowLogId, order.logstoreId);
    case 'StopFlowLog':
      assertSteady(flowLog);
      if (flowLog.status === 'Inactive') throw wrongStatus(flowLog, 'started, changed or deleted');
      return [{ type: 'FlowLogStopped', data: { flowLogId } }];
    case 'ChangeFlowLog':
      return changesOf(flowLog, flowLogId, order.changes);
    case 'TagFlowLog': {
      const tags = validTags(order.tags);
      assertNotDeleting(flowLog);
      return sameTags(flowLog.tags, tags) ? [] : [{ type: 'FlowLogTagged', data: { flowLogId, tags } }];
    }
    case 'DeleteFlowLog':
      assertSteady(flowLog);
      return [{ type: 'FlowLogDeletionStarted', data: { flowLogId } }];
  }
}

function start(flowLog: PresentFlowLog, flowLogId: string, logstoreId: string | null): FlowLogEvent[] {
  assertSteady(flowLog);
  // DD-21: nothing is delivered although the label says Active, so this one start is not a mistake.
  const cutOff = flowLog.delivery === 'Stopped' || flowLog.logstoreId === null;
  if (flowLog.status === 'Active' && !cutOff) throw wrongStatus(flowLog, 'stopped, changed or deleted');
  if (logstoreId === null) {
    const { projectName, logstoreName } = flowLog.settings;
    throw new FlowLogRejected(
      'TargetMissing',
      `There is no logstore ${logstoreName} in project ${projectName}: create it again, then start`,
    );
  }
  return [{ type: 'FlowLogStarted', data: { flowLogId, logstoreId } }];
}

function ownedBy({ flowLogId, accountId, ifRevision }: FlowLogAddress, flowLog: FlowLog): PresentFlowLog {
  if (flowLog.existence !== 'Present' || flowLog.accountId !== accountId) {
    throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId}`);
  }
  if (ifRevision !== undefined && ifRevision !== flowLog.revision) {
    throw new FlowLogRejected(
      'RevisionMismatch',
      `The flow log is at revision ${flowLog.revision}, not ${ifRevision}: read it again`,
    );
  }
  return flowLog;
}

const sameTags = (before: readonly FlowLogTag[], after: readonly FlowLogTag[]): boolean =>
  before.length === after.length &&
  after.every(({ key, value }, index) => before[index]!.key === key && before[index]!.value === value);
