import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { NetworkInterfaceRequest } from '../domain/network.commands';
import { networkDecider } from '../domain/network.decider';
import { networkStream } from '../domain/network.events';
import { resourceIdFor } from '../domain/resource-id';

/** @throws NetworkRejected */
export class CreateNetworkInterface extends Command<{ position: LogPosition; networkInterfaceId: string }> {
  constructor(
    readonly context: CommandContext,
    readonly input: Omit<NetworkInterfaceRequest, 'networkInterfaceId'> &
      Partial<Pick<NetworkInterfaceRequest, 'networkInterfaceId'>>,
  ) {
    super();
  }
}

@CommandHandler(CreateNetworkInterface)
export class CreateNetworkInterfaceHandler implements ICommandHandler<CreateNetworkInterface> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: CreateNetworkInterface) {
    const stream = networkStream(context.accountId);
    const networkInterfaceId =
      input.networkInterfaceId ?? (await this.newId(stream, context.commandId, input.vSwitchId));
    const command = { ...input, type: 'CreateNetworkInterface' as const, networkInterfaceId };
    const { position, events } = await this.aggregates.handle(stream, networkDecider, command, context);
    const [created] = events;
    return {
      position: position!,
      networkInterfaceId:
        created?.type === 'NetworkInterfaceCreated' ? created.data.networkInterfaceId : networkInterfaceId,
    };
  }

  /** The id tells the region, which is the vSwitch's. A repeat after the vSwitch is gone finds the id in its own event. */
  private async newId(stream: string, commandId: string, vSwitchId: string): Promise<string> {
    const { state } = await this.aggregates.load(stream, networkDecider);
    return resourceIdFor('eni', state.vSwitches.get(vSwitchId)?.regionId ?? '', commandId);
  }
}
