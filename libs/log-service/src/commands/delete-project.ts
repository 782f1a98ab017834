import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { ProjectDeletion } from '../domain/project.commands';
import { Projects } from '../projects';

/** With its logstores; flow logs that deliver to them stop silently. @throws LogServiceRejected */
export class DeleteProject extends Command<{ position: LogPosition }> {
  constructor(
    readonly context: CommandContext,
    readonly input: ProjectDeletion,
  ) {
    super();
  }
}

@CommandHandler(DeleteProject)
export class DeleteProjectHandler implements ICommandHandler<DeleteProject> {
  constructor(private readonly projects: Projects) {}

  async execute({ context, input }: DeleteProject) {
    const { accountId } = context;
    const { position } = await this.projects.handle({ ...input, type: 'DeleteProject', accountId }, context);
    return { position };
  }
}
