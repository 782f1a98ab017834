import { ReadModelStore } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { logstoreNotFound, projectNotFound } from '../domain/project.decider';
import { logstoreKey, logstores } from '../projections/logstores.projection';
import type { LogstoreDocument } from '../projections/logstores.projection';
import { projects } from '../projections/projects.projection';

/** @throws LogServiceRejected ProjectNotFound, LogstoreNotFound */
export class GetLogstore extends Query<LogstoreDocument> {
  constructor(
    readonly accountId: string,
    readonly projectName: string,
    readonly logstoreName: string,
  ) {
    super();
  }
}

@QueryHandler(GetLogstore)
export class GetLogstoreHandler implements IQueryHandler<GetLogstore> {
  constructor(private readonly readModels: ReadModelStore) {}

  async execute({ accountId, projectName, logstoreName }: GetLogstore) {
    const id = logstoreKey(projectName, logstoreName);
    const logstore = await this.readModels.get(logstores, accountId, id);
    if (logstore) return logstore;
    const project = await this.readModels.get(projects, accountId, projectName);
    throw project ? logstoreNotFound(projectName, logstoreName) : projectNotFound(projectName);
  }
}
