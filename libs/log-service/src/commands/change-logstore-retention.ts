import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { RetentionChange } from '../domain/project.commands';
import { Projects } from '../projects';

/** @throws LogServiceRejected */
export class ChangeLogstoreRetention extends Command<{ position: LogPosition }> {
  constructor(
    readonly context: CommandContext,
    readonly input: RetentionChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeLogstoreRetention)
export class ChangeLogstoreRetentionHandler implements ICommandHandler<ChangeLogstoreRetention> {
  constructor(private readonly projects: Projects) {}

  async execute({ context, input }: ChangeLogstoreRetention) {
    const { accountId } = context;
    const { position } = await this.projects.handle(
      { ...input, type: 'ChangeLogstoreRetention', accountId },
      context,
    );
    return { position };
  }
}
