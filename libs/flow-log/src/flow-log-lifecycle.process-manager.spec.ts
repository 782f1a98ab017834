import { processSpec, recorded } from '@flowledger/event-sourcing/testing';
import { activated, created, flowLogId, happened, settings } from '../testing/flow-log-fixtures';
import type { FlowLogReserved } from './domain/flow-log-registry.events';
import { flowLogLifecycle } from './flow-log-lifecycle.process-manager';

const given = processSpec(flowLogLifecycle);
const reserved: FlowLogReserved = {
  type: 'FlowLogReserved',
  data: {
    flowLogId,
    key: 'VPC/vpc-1/all',
    settings,
    text: { name: '', description: '' },
    tags: [],
    target: { createProject: false, createLogstore: false, enableLogAnalysisReport: false },
  },
};
const deleted = happened('FlowLogDeleted', { key: 'VPC/vpc-1/all', expiredEntries: 0 });

describe('the lifecycle of a flow log', () => {
  it('goes on from the reservation', () =>
    given().when(reserved).then({ type: 'CompleteFlowLogCreation', flowLogId }));
  it('gives key and quota back after the deletion', () =>
    given(reserved).when(deleted).then({ type: 'ReleaseFlowLog', flowLogId }));
  it('listens to nothing in between', () => {
    const instances = [reserved, created, activated, deleted].map((event, index) =>
      flowLogLifecycle.correlate(recorded(event, index) as never),
    );
    expect(instances).toEqual([[flowLogId], [], [], [flowLogId]]);
  });
  it('lives with a refusal', () =>
    given(reserved)
      .when({
        type: 'CommandRefused',
        data: { commandType: 'CompleteFlowLogCreation', code: 'FlowLogNotFound', detail: '' },
      })
      .thenNothing());
});
