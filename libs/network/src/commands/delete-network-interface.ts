import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { DeleteNetworkInterfaceCommand } from '../domain/network.commands';
import { networkDecider } from '../domain/network.decider';
import { networkStream } from '../domain/network.events';

/** @throws NetworkRejected */
export class DeleteNetworkInterface extends Command<{ position: LogPosition }> {
  constructor(
    readonly context: CommandContext,
    readonly input: Omit<DeleteNetworkInterfaceCommand, 'type'>,
  ) {
    super();
  }
}

@CommandHandler(DeleteNetworkInterface)
export class DeleteNetworkInterfaceHandler implements ICommandHandler<DeleteNetworkInterface> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: DeleteNetworkInterface) {
    const stream = networkStream(context.accountId);
    const command = { ...input, type: 'DeleteNetworkInterface' as const };
    const { position } = await this.aggregates.handle(stream, networkDecider, command, context);
    return { position: position! };
  }
}
