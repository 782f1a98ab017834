import { ReadModelStore } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { projectNotFound } from '../domain/project.decider';
import { projects } from '../projections/projects.projection';
import type { ProjectDocument } from '../projections/projects.projection';

/** @throws LogServiceRejected ProjectNotFound */
export class GetProject extends Query<ProjectDocument> {
  constructor(
    readonly accountId: string,
    readonly projectName: string,
  ) {
    super();
  }
}

@QueryHandler(GetProject)
export class GetProjectHandler implements IQueryHandler<GetProject> {
  constructor(private readonly readModels: ReadModelStore) {}

  async execute({ accountId, projectName }: GetProject) {
    const project = await this.readModels.get(projects, accountId, projectName);
    if (!project) throw projectNotFound(projectName);
    return project;
  }
}
