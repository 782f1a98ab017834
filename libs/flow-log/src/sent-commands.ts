import type { CommandContext, SentCommand } from '@flowledger/event-sourcing';
import { AdvanceFlowLog } from './commands/advance-flow-log';
import { CompleteFlowLogCreation } from './commands/complete-flow-log-creation';
import { ReleaseFlowLog } from './commands/release-flow-log';
import type { FlowLogProgress } from './domain/flow-log.commands';
import type { LifecycleCommand } from './flow-log-lifecycle.process-manager';

type Message = AdvanceFlowLog | CompleteFlowLogCreation | ReleaseFlowLog;

const messages: {
  [Type in (FlowLogProgress | LifecycleCommand)['type']]: (context: CommandContext, sent: never) => Message;
} = {
  CompleteFlowLogCreation: (context, { flowLogId }: LifecycleCommand) =>
    new CompleteFlowLogCreation(context, { flowLogId }),
  ReleaseFlowLog: (context, { flowLogId }: LifecycleCommand) => new ReleaseFlowLog(context, { flowLogId }),
  ...advancing(
    'ActivateFlowLog',
    'DeactivateFlowLog',
    'CompleteModification',
    'CompleteDeletion',
    'StopDelivery',
    'StallDelivery',
    'DegradeDelivery',
    'RecoverDelivery',
    'ResourceGone',
  ),
};

function advancing<Type extends FlowLogProgress['type']>(
  ...types: Type[]
): Record<Type, (context: CommandContext, sent: FlowLogProgress & Partial<SentCommand>) => AdvanceFlowLog> {
  const message = (
    context: CommandContext,
    { commandId: _, ...progress }: FlowLogProgress & Partial<SentCommand>,
  ): AdvanceFlowLog => new AdvanceFlowLog(context, progress);
  return Object.fromEntries(types.map((type) => [type, message])) as Record<Type, typeof message>;
}

/** The message for a command that a process manager sent to a flow log; undefined when it is meant for another lib. */
export const flowLogCommandFor = (sent: SentCommand, context: CommandContext): Message | undefined =>
  Object.hasOwn(messages, sent.type)
    ? messages[sent.type as keyof typeof messages](context, sent as never)
    : undefined;
