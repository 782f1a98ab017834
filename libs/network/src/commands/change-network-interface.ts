import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { ChangeNetworkInterfaceCommand } from '../domain/network.commands';
import { networkDecider } from '../domain/network.decider';
import { networkStream } from '../domain/network.events';

/** @throws NetworkRejected */
export class ChangeNetworkInterface extends Command<{ position: LogPosition }> {
  constructor(
    readonly context: CommandContext,
    readonly input: Omit<ChangeNetworkInterfaceCommand, 'type'>,
  ) {
    super();
  }
}

@CommandHandler(ChangeNetworkInterface)
export class ChangeNetworkInterfaceHandler implements ICommandHandler<ChangeNetworkInterface> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: ChangeNetworkInterface) {
    const stream = networkStream(context.accountId);
    const command = { ...input, type: 'ChangeNetworkInterface' as const };
    const { position } = await this.aggregates.handle(stream, networkDecider, command, context);
    return { position: position! };
  }
}
