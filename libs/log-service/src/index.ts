import type { AnyProjection } from '@flowledger/event-sourcing';
import { logstoreBindingsProjection } from './projections/logstore-bindings.projection';
import { logstoresProjection } from './projections/logstores.projection';
import { projectsProjection } from './projections/projects.projection';

export type * from './domain/project.commands';
export * from './domain/project.errors';
export * from './domain/project.events';
export * from './domain/project.upcasters';
export * from './domain/project.values';
export { projectDecider } from './domain/project.decider';
export { CreateProject } from './commands/create-project';
export { DeleteProject } from './commands/delete-project';
export { CreateLogstore } from './commands/create-logstore';
export { ChangeLogstoreRetention } from './commands/change-logstore-retention';
export { DeleteLogstore } from './commands/delete-logstore';
export { GetProject } from './queries/get-project';
export { ListProjects } from './queries/list-projects';
export type { ProjectFilter } from './queries/list-projects';
export { GetLogstore } from './queries/get-logstore';
export { ListLogstores } from './queries/list-logstores';
export type { LogstoreFilter } from './queries/list-logstores';
export { projects } from './projections/projects.projection';
export type { ProjectDocument } from './projections/projects.projection';
export { logstoreKey, logstores } from './projections/logstores.projection';
export type { LogstoreDocument } from './projections/logstores.projection';
export { logstoreBindings, logstoreBindingsProjection } from './projections/logstore-bindings.projection';
export type { LogstoreBinding } from './projections/logstore-bindings.projection';
export * from './log-targets';
export * from './log-service.module';

export const logServiceProjections: AnyProjection[] = [
  projectsProjection,
  logstoresProjection,
  logstoreBindingsProjection,
];
