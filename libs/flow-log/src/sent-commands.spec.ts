import type { CommandContext } from '@flowledger/event-sourcing';
import { AdvanceFlowLog } from './commands/advance-flow-log';
import { CompleteFlowLogCreation } from './commands/complete-flow-log-creation';
import { ReleaseFlowLog } from './commands/release-flow-log';
import { flowLogCommandFor } from './sent-commands';

const context: CommandContext = {
  commandId: 'c',
  correlationId: 'r',
  causationId: 'e',
  actor: 'system:delivery',
  accountId: '1000000000000001',
};
const sent = (type: string, more: object = {}) => ({ commandId: 'c', type, flowLogId: 'fl-1', ...more });

describe('a command that a process manager sent', () => {
  it('becomes a message, without its id: that stands in the context', () =>
    expect(
      flowLogCommandFor(sent('StallDelivery', { message: 'UnknownError', detail: 'd' }), context),
    ).toEqual(
      new AdvanceFlowLog(context, {
        type: 'StallDelivery',
        flowLogId: 'fl-1',
        message: 'UnknownError',
        detail: 'd',
      }),
    ));
  it('of the lifecycle has its own message', () => {
    expect(flowLogCommandFor(sent('CompleteFlowLogCreation'), context)).toEqual(
      new CompleteFlowLogCreation(context, { flowLogId: 'fl-1' }),
    );
    expect(flowLogCommandFor(sent('ReleaseFlowLog'), context)).toBeInstanceOf(ReleaseFlowLog);
  });
  it.each(['CreateVpc', 'toString', '__proto__'])('of another lib is not ours: %s', (type) =>
    expect(flowLogCommandFor(sent(type), context)).toBeUndefined(),
  );
});
