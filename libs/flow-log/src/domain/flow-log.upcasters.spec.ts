import { fold, Upcasters } from '@flowledger/event-sourcing';
import { recorded } from '@flowledger/event-sourcing/testing';
import { created, flowLogId } from '../../testing/flow-log-fixtures';
import { flowLogDecider } from './flow-log.decider';
import type { FlowLogEvent } from './flow-log.events';
import { flowLogUpcasters } from './flow-log.upcasters';

const upcasters = new Upcasters(flowLogUpcasters);

describe('a flow log whose creation was stored without its owner', () => {
  const { accountId, ...data } = created.data;
  const stored = recorded({ ...created, data }, 0, { accountId, metadata: { schemaVersion: 1 } });
  const read = upcasters.upcast(stored) as unknown as FlowLogEvent;

  it('belongs to the account that created it', () => expect(read.data).toEqual(created.data));

  it('takes no orders of another account', () => {
    const stop = { type: 'StopFlowLog', flowLogId, accountId: '2000000000000002' } as const;
    expect(() => flowLogDecider.decide(stop, fold(flowLogDecider, [read]))).toThrow(
      `no flow log ${flowLogId}`,
    );
  });
});

describe('a flow log whose creation was stored with its owner', () => {
  it('keeps the owner', () => {
    const stored = recorded(created, 0, { accountId: '2000000000000002', metadata: { schemaVersion: 1 } });
    expect(upcasters.upcast(stored).data).toEqual(created.data);
  });
});
