import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { FlowLogProgress } from '../domain/flow-log.commands';
import { flowLogDecider } from '../domain/flow-log.decider';
import { flowLogStream } from '../domain/flow-log.events';

/** What the delivery saga tells a flow log. Never refused: what comes late, twice or out of order changes nothing. */
export class AdvanceFlowLog extends Command<void> {
  constructor(
    readonly context: CommandContext,
    readonly input: FlowLogProgress,
  ) {
    super();
  }
}

@CommandHandler(AdvanceFlowLog)
export class AdvanceFlowLogHandler implements ICommandHandler<AdvanceFlowLog> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: AdvanceFlowLog): Promise<void> {
    await this.aggregates.handle(flowLogStream(input.flowLogId), flowLogDecider, input, context);
  }
}
