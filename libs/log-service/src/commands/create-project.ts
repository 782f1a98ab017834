import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { ProjectRequest } from '../domain/project.commands';
import { Projects } from '../projects';

/** @throws LogServiceRejected */
export class CreateProject extends Command<{ position: LogPosition; projectName: string }> {
  constructor(
    readonly context: CommandContext,
    readonly input: ProjectRequest,
  ) {
    super();
  }
}

@CommandHandler(CreateProject)
export class CreateProjectHandler implements ICommandHandler<CreateProject> {
  constructor(private readonly projects: Projects) {}

  async execute({ context, input }: CreateProject) {
    const { accountId } = context;
    const { position } = await this.projects.handle({ ...input, type: 'CreateProject', accountId }, context);
    return { position, projectName: input.projectName };
  }
}
