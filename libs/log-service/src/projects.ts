import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Injectable } from '@nestjs/common';
import type { ProjectCommand } from './domain/project.commands';
import { projectDecider } from './domain/project.decider';
import { projectStream } from './domain/project.events';
import type { ProjectEvent } from './domain/project.events';
import { noProject } from './domain/project.state';
import type { Project } from './domain/project.state';
import { isProjectName } from './domain/project.values';

/** The streams of projects, which users name: what is no legal name never reaches the store. */
@Injectable()
export class Projects {
  constructor(private readonly aggregates: AggregateStore) {}

  /** @throws LogServiceRejected */
  async handle(
    command: ProjectCommand,
    context: CommandContext,
  ): Promise<{ position: LogPosition; events: readonly ProjectEvent[] }> {
    if (!isProjectName(command.projectName)) projectDecider.decide(command, noProject);
    const stream = projectStream(command.projectName);
    const { position, events } = await this.aggregates.handle(stream, projectDecider, command, context);
    return { position: position!, events };
  }

  async load(projectName: string): Promise<Project> {
    if (!isProjectName(projectName)) return noProject;
    const { state } = await this.aggregates.load(projectStream(projectName), projectDecider);
    return state;
  }
}
