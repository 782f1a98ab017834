import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { LogstoreDeletion } from '../domain/project.commands';
import { Projects } from '../projects';

/** With its entries; the same name created again is another logstore (DD-28). @throws LogServiceRejected */
export class DeleteLogstore extends Command<{ position: LogPosition }> {
  constructor(
    readonly context: CommandContext,
    readonly input: LogstoreDeletion,
  ) {
    super();
  }
}

@CommandHandler(DeleteLogstore)
export class DeleteLogstoreHandler implements ICommandHandler<DeleteLogstore> {
  constructor(private readonly projects: Projects) {}

  async execute({ context, input }: DeleteLogstore) {
    const { accountId } = context;
    const { position } = await this.projects.handle({ ...input, type: 'DeleteLogstore', accountId }, context);
    return { position };
  }
}
