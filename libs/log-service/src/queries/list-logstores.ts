import { ReadModelStore } from '@flowledger/event-sourcing';
import type { Filter, Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { projectNotFound } from '../domain/project.decider';
import { logstores } from '../projections/logstores.projection';
import type { LogstoreDocument } from '../projections/logstores.projection';
import { projects } from '../projections/projects.projection';

export type LogstoreFilter = Pick<Filter<LogstoreDocument>, 'logstoreName'>;

/** Of one project, by name, ascending. @throws LogServiceRejected ProjectNotFound @throws MalformedCursor */
export class ListLogstores extends Query<Page<LogstoreDocument>> {
  constructor(
    readonly accountId: string,
    readonly projectName: string,
    readonly input: { readonly filter?: LogstoreFilter; readonly limit: number; readonly after?: string },
  ) {
    super();
  }
}

@QueryHandler(ListLogstores)
export class ListLogstoresHandler implements IQueryHandler<ListLogstores> {
  constructor(private readonly readModels: ReadModelStore) {}

  async execute({ accountId, projectName, input }: ListLogstores) {
    const project = await this.readModels.get(projects, accountId, projectName);
    if (!project) throw projectNotFound(projectName);
    const filter = { ...input.filter, projectName };
    return this.readModels.find(logstores, accountId, { ...input, filter });
  }
}
