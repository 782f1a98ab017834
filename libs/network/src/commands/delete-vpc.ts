import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { DeleteVpcCommand } from '../domain/network.commands';
import { networkDecider } from '../domain/network.decider';
import { networkStream } from '../domain/network.events';

/** @throws NetworkRejected */
export class DeleteVpc extends Command<{ position: LogPosition }> {
  constructor(
    readonly context: CommandContext,
    readonly input: Omit<DeleteVpcCommand, 'type'>,
  ) {
    super();
  }
}

@CommandHandler(DeleteVpc)
export class DeleteVpcHandler implements ICommandHandler<DeleteVpc> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: DeleteVpc) {
    const stream = networkStream(context.accountId);
    const command = { ...input, type: 'DeleteVpc' as const };
    const { position } = await this.aggregates.handle(stream, networkDecider, command, context);
    return { position: position! };
  }
}
