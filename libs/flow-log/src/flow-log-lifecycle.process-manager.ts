import type { ProcessManager } from '@flowledger/event-sourcing';
import type { FlowLogRegistryEvent, FlowLogReserved } from './domain/flow-log-registry.events';
import type { FlowLogDeleted, FlowLogEvent } from './domain/flow-log.events';

type LifecycleInput = FlowLogReserved | FlowLogDeleted;
export type LifecycleCommand = {
  readonly type: 'CompleteFlowLogCreation' | 'ReleaseFlowLog';
  readonly flowLogId: string;
};

const begins: readonly (FlowLogRegistryEvent | FlowLogEvent)['type'][] = [
  'FlowLogReserved',
  'FlowLogDeleted',
];

/**
 * Both ends of a flow log's life span two streams, and a crash may fall between them: a reservation becomes a flow log,
 * a deleted flow log gives its key and its place in the quota back. It has nothing to remember.
 */
export const flowLogLifecycle: ProcessManager<null, LifecycleInput, LifecycleCommand> = {
  name: 'flowLogLifecycle',
  streamPrefixes: ['flowLogRegistry-', 'flowLog-'],
  correlate: ({ type, data }) => (begins.includes(type) ? [data.flowLogId] : []),
  initialState: () => null,
  evolve: (state) => state,
  react(_state, { type, data }) {
    switch (type) {
      case 'FlowLogReserved':
        return { commands: [{ type: 'CompleteFlowLogCreation', flowLogId: data.flowLogId }] };
      case 'FlowLogDeleted':
        return { commands: [{ type: 'ReleaseFlowLog', flowLogId: data.flowLogId }] };
      default:
        return {};
    }
  },
};
