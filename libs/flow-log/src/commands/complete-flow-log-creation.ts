import type { CommandContext } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { FlowLogCreation } from './flow-log-creation';
import type { FlowLogWritten } from './flow-log-written';

/** Goes on from the reservation; harmless when the creation is complete. */
export class CompleteFlowLogCreation extends Command<FlowLogWritten> {
  constructor(
    readonly context: CommandContext,
    readonly input: { readonly flowLogId: string },
  ) {
    super();
  }
}

@CommandHandler(CompleteFlowLogCreation)
export class CompleteFlowLogCreationHandler implements ICommandHandler<CompleteFlowLogCreation> {
  constructor(private readonly creation: FlowLogCreation) {}

  execute({ context, input }: CompleteFlowLogCreation): Promise<FlowLogWritten> {
    return this.creation.complete(input.flowLogId, context);
  }
}
