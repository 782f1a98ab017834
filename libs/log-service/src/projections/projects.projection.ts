import type { Projection, ReadModel, Recorded } from '@flowledger/event-sourcing';
import type { ProjectEvent } from '../domain/project.events';

export interface ProjectDocument {
  readonly projectName: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly description: string;
  readonly createdAt: string;
  readonly lastModifiedAt: string;
  readonly revision: number;
}

export const projects: ReadModel<ProjectDocument> = {
  name: 'projects',
  version: 1,
  fields: ['projectName', 'regionId', 'createdAt'],
};

export const projectsProjection: Projection<ProjectDocument, ProjectEvent> = {
  readModel: projects,
  streamPrefixes: ['project-'],
  documentIds: ({ type, data }) =>
    type === 'ProjectCreated' || type === 'ProjectDeleted' ? data.projectName : undefined,
  evolve(project, event: Recorded<ProjectEvent>) {
    switch (event.type) {
      case 'ProjectCreated': {
        const { projectName, regionId, text } = event.data;
        const { accountId } = event.metadata;
        const at = { createdAt: event.recordedAt, lastModifiedAt: event.recordedAt };
        return { projectName, accountId, regionId, ...text, ...at, revision: 0 };
      }
      case 'ProjectDeleted':
        return undefined;
      default:
        return project;
    }
  },
};
