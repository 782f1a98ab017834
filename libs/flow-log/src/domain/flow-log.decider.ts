import type { Decider } from '@flowledger/event-sourcing';
import type { FlowLogCommand } from './flow-log.commands';
import type { FlowLogEvent } from './flow-log.events';
import { carryOutOrder } from './flow-log.orders';
import { noteProgress } from './flow-log.progress';
import { evolveFlowLog } from './flow-log.state';
import type { FlowLog } from './flow-log.state';

/** One flow log's life (flow log reference, section 2.1). Operators are refused; the saga is never: it is ignored. */
export const flowLogDecider: Decider<FlowLog, FlowLogCommand, FlowLogEvent> = {
  initialState: () => ({ existence: 'Absent' }),

  decide(command, flowLog) {
    switch (command.type) {
      case 'CreateFlowLog': {
        if (flowLog.existence !== 'Absent') return [];
        const { flowLogId, accountId, settings, text, logstoreId } = command;
        const tags = [...command.tags];
        return [
          {
            type: 'FlowLogCreated',
            data: { flowLogId, settings, text, tags, serviceType: '', logstoreId, accountId },
          },
        ];
      }
      case 'StartFlowLog':
      case 'StopFlowLog':
      case 'ChangeFlowLog':
      case 'TagFlowLog':
      case 'DeleteFlowLog':
        return carryOutOrder(command, flowLog);
      default:
        return flowLog.existence === 'Present' ? noteProgress(command, flowLog) : [];
    }
  },

  evolve: evolveFlowLog,
};
