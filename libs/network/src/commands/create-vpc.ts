import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { VpcRequest } from '../domain/network.commands';
import { networkDecider } from '../domain/network.decider';
import { networkStream } from '../domain/network.events';
import { resourceIdFor } from '../domain/resource-id';

/** @throws NetworkRejected */
export class CreateVpc extends Command<{ position: LogPosition; vpcId: string }> {
  constructor(
    readonly context: CommandContext,
    readonly input: Omit<VpcRequest, 'vpcId'> & Partial<Pick<VpcRequest, 'vpcId'>>,
  ) {
    super();
  }
}

@CommandHandler(CreateVpc)
export class CreateVpcHandler implements ICommandHandler<CreateVpc> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: CreateVpc) {
    const vpcId = input.vpcId ?? resourceIdFor('vpc', input.regionId, context.commandId);
    const stream = networkStream(context.accountId);
    const command = { ...input, type: 'CreateVpc' as const, vpcId };
    const { position } = await this.aggregates.handle(stream, networkDecider, command, context);
    return { position: position!, vpcId };
  }
}
