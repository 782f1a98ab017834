import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { DeleteVSwitchCommand } from '../domain/network.commands';
import { networkDecider } from '../domain/network.decider';
import { networkStream } from '../domain/network.events';

/** @throws NetworkRejected */
export class DeleteVSwitch extends Command<{ position: LogPosition }> {
  constructor(
    readonly context: CommandContext,
    readonly input: Omit<DeleteVSwitchCommand, 'type'>,
  ) {
    super();
  }
}

@CommandHandler(DeleteVSwitch)
export class DeleteVSwitchHandler implements ICommandHandler<DeleteVSwitch> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: DeleteVSwitch) {
    const stream = networkStream(context.accountId);
    const command = { ...input, type: 'DeleteVSwitch' as const };
    const { position } = await this.aggregates.handle(stream, networkDecider, command, context);
    return { position: position! };
  }
}
