import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { flowLogDecider } from '../domain/flow-log.decider';
import { flowLogStream } from '../domain/flow-log.events';
import { written } from './flow-log-written';
import type { FlowLogWritten } from './flow-log-written';

/** Deactivating until the collector has acknowledged it, then Inactive. @throws FlowLogRejected */
export class StopFlowLog extends Command<FlowLogWritten> {
  constructor(
    readonly context: CommandContext,
    readonly input: { readonly flowLogId: string; readonly ifRevision?: number },
  ) {
    super();
  }
}

@CommandHandler(StopFlowLog)
export class StopFlowLogHandler implements ICommandHandler<StopFlowLog> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: StopFlowLog): Promise<FlowLogWritten> {
    const { flowLogId } = input;
    const handled = await this.aggregates.handle(
      flowLogStream(flowLogId),
      flowLogDecider,
      { type: 'StopFlowLog', accountId: context.accountId, ...input },
      context,
    );
    return written(flowLogId, handled);
  }
}
