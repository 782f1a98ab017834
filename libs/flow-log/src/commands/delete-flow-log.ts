import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { flowLogDecider } from '../domain/flow-log.decider';
import { flowLogStream } from '../domain/flow-log.events';
import { written } from './flow-log-written';
import type { FlowLogWritten } from './flow-log-written';

/** Deleting for at most 30 s, then gone; collected entries stay readable. @throws FlowLogRejected */
export class DeleteFlowLog extends Command<FlowLogWritten> {
  constructor(
    readonly context: CommandContext,
    readonly input: { readonly flowLogId: string; readonly ifRevision?: number },
  ) {
    super();
  }
}

@CommandHandler(DeleteFlowLog)
export class DeleteFlowLogHandler implements ICommandHandler<DeleteFlowLog> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: DeleteFlowLog): Promise<FlowLogWritten> {
    const { flowLogId } = input;
    const handled = await this.aggregates.handle(
      flowLogStream(flowLogId),
      flowLogDecider,
      { type: 'DeleteFlowLog', accountId: context.accountId, ...input },
      context,
    );
    return written(flowLogId, handled);
  }
}
