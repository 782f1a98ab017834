import { ReadModelStore } from '@flowledger/event-sourcing';
import type { Filter, Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { projects } from '../projections/projects.projection';
import type { ProjectDocument } from '../projections/projects.projection';

export type ProjectFilter = Pick<Filter<ProjectDocument>, 'projectName' | 'regionId'>;

/** By name, ascending. @throws MalformedCursor */
export class ListProjects extends Query<Page<ProjectDocument>> {
  constructor(
    readonly accountId: string,
    readonly input: { readonly filter?: ProjectFilter; readonly limit: number; readonly after?: string },
  ) {
    super();
  }
}

@QueryHandler(ListProjects)
export class ListProjectsHandler implements IQueryHandler<ListProjects> {
  constructor(private readonly readModels: ReadModelStore) {}

  execute({ accountId, input }: ListProjects) {
    return this.readModels.find(projects, accountId, input);
  }
}
