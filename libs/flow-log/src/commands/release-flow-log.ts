import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { flowLogRegistryDecider } from '../domain/flow-log-registry.decider';
import { flowLogRegistryStream } from '../domain/flow-log-registry.events';

/** Frees key and quota of a deleted flow log (DD-27); a second time it changes nothing. */
export class ReleaseFlowLog extends Command<void> {
  constructor(
    readonly context: CommandContext,
    readonly input: { readonly flowLogId: string },
  ) {
    super();
  }
}

@CommandHandler(ReleaseFlowLog)
export class ReleaseFlowLogHandler implements ICommandHandler<ReleaseFlowLog> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input: { flowLogId } }: ReleaseFlowLog): Promise<void> {
    await this.aggregates.handle(
      flowLogRegistryStream(context.accountId),
      flowLogRegistryDecider,
      { type: 'ReleaseFlowLog', flowLogId },
      context,
    );
  }
}
