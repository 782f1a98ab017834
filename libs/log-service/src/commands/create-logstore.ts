import { deterministicId } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { LogstoreRequest } from '../domain/project.commands';
import { Projects } from '../projects';

/** The internal id follows from the command: a repeat returns the same. @throws LogServiceRejected */
export class CreateLogstore extends Command<{ position: LogPosition; logstoreId: string }> {
  constructor(
    readonly context: CommandContext,
    readonly input: LogstoreRequest,
  ) {
    super();
  }
}

@CommandHandler(CreateLogstore)
export class CreateLogstoreHandler implements ICommandHandler<CreateLogstore> {
  constructor(private readonly projects: Projects) {}

  async execute({ context, input }: CreateLogstore) {
    const { accountId, commandId } = context;
    const logstoreId = deterministicId(`logstore/${commandId}`);
    const command = { ...input, type: 'CreateLogstore' as const, accountId, logstoreId };
    const { position } = await this.projects.handle(command, context);
    return { position, logstoreId };
  }
}
