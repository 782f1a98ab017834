import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { VSwitchRequest } from '../domain/network.commands';
import { networkDecider } from '../domain/network.decider';
import { networkStream } from '../domain/network.events';
import { resourceIdFor } from '../domain/resource-id';

/** @throws NetworkRejected */
export class CreateVSwitch extends Command<{ position: LogPosition; vSwitchId: string }> {
  constructor(
    readonly context: CommandContext,
    readonly input: Omit<VSwitchRequest, 'vSwitchId'> & Partial<Pick<VSwitchRequest, 'vSwitchId'>>,
  ) {
    super();
  }
}

@CommandHandler(CreateVSwitch)
export class CreateVSwitchHandler implements ICommandHandler<CreateVSwitch> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: CreateVSwitch) {
    const stream = networkStream(context.accountId);
    const vSwitchId = input.vSwitchId ?? (await this.newId(stream, context.commandId, input.vpcId));
    const command = { ...input, type: 'CreateVSwitch' as const, vSwitchId };
    const { position, events } = await this.aggregates.handle(stream, networkDecider, command, context);
    const [created] = events;
    return {
      position: position!,
      vSwitchId: created?.type === 'VSwitchCreated' ? created.data.vSwitchId : vSwitchId,
    };
  }

  /** The id tells the region, which is the VPC's. A repeat after the VPC is gone finds the id in its own event. */
  private async newId(stream: string, commandId: string, vpcId: string): Promise<string> {
    const { state } = await this.aggregates.load(stream, networkDecider);
    return resourceIdFor('vsw', state.vpcs.get(vpcId)?.regionId ?? '', commandId);
  }
}
