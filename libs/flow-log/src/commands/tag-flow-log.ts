import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { flowLogDecider } from '../domain/flow-log.decider';
import { flowLogStream } from '../domain/flow-log.events';
import type { FlowLogTag } from '../domain/flow-log.values';
import { written } from './flow-log-written';
import type { FlowLogWritten } from './flow-log-written';

/** Replaces all tags. @throws FlowLogRejected */
export class TagFlowLog extends Command<FlowLogWritten> {
  constructor(
    readonly context: CommandContext,
    readonly input: {
      readonly flowLogId: string;
      readonly tags: readonly FlowLogTag[];
      readonly ifRevision?: number;
    },
  ) {
    super();
  }
}

@CommandHandler(TagFlowLog)
export class TagFlowLogHandler implements ICommandHandler<TagFlowLog> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: TagFlowLog): Promise<FlowLogWritten> {
    const { flowLogId } = input;
    const handled = await this.aggregates.handle(
      flowLogStream(flowLogId),
      flowLogDecider,
      { type: 'TagFlowLog', accountId: context.accountId, ...input },
      context,
    );
    return written(flowLogId, handled);
  }
}
