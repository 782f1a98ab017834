import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { FlowLogChanges } from '../domain/flow-log.commands';
import { flowLogDecider } from '../domain/flow-log.decider';
import { flowLogStream } from '../domain/flow-log.events';
import { written } from './flow-log-written';
import type { FlowLogWritten } from './flow-log-written';

/** Members that are absent stay as they are; interval and IP version take a moment (Modifying). @throws FlowLogRejected */
export class ChangeFlowLog extends Command<FlowLogWritten> {
  constructor(
    readonly context: CommandContext,
    readonly input: {
      readonly flowLogId: string;
      readonly changes: FlowLogChanges;
      readonly ifRevision?: number;
    },
  ) {
    super();
  }
}

@CommandHandler(ChangeFlowLog)
export class ChangeFlowLogHandler implements ICommandHandler<ChangeFlowLog> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: ChangeFlowLog): Promise<FlowLogWritten> {
    const { flowLogId } = input;
    const handled = await this.aggregates.handle(
      flowLogStream(flowLogId),
      flowLogDecider,
      { type: 'ChangeFlowLog', accountId: context.accountId, ...input },
      context,
    );
    return written(flowLogId, handled);
  }
}
