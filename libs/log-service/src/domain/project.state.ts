import type { ProjectEvent } from './project.events';

export interface Logstore {
  readonly logstoreId: string;
  readonly ttl: number;
  /** Counts the logstore's own events after the first: what a front door shows as the ETag. */
  readonly revision: number;
}

/** `logstores` is folded in place. A deleted project is as one that never was: the name is free for everybody. */
export type Project =
  | { readonly status: 'Absent' }
  | {
      readonly status: 'Present';
      readonly accountId: string;
      readonly regionId: string;
      readonly revision: number;
      readonly logstores: Map<string, Logstore>;
    };

export const noProject: Project = { status: 'Absent' };

export function evolveProject(project: Project, event: ProjectEvent): Project {
  switch (event.type) {
    case 'ProjectCreated': {
      const { accountId, regionId } = event.data;
      return { status: 'Present', accountId, regionId, revision: 0, logstores: new Map() };
    }
    case 'ProjectDeleted':
      return noProject;
    default:
      if (project.status === 'Present') evolveLogstores(project.logstores, event);
      return project;
  }
}

type LogstoreEvent = Exclude<ProjectEvent, { type: 'ProjectCreated' | 'ProjectDeleted' }>;

function evolveLogstores(logstores: Map<string, Logstore>, event: LogstoreEvent): void {
  const { logstoreName, logstoreId } = event.data;
  switch (event.type) {
    case 'LogstoreCreated':
      logstores.set(logstoreName, { logstoreId, ttl: event.data.ttl, revision: 0 });
      break;
    case 'LogstoreRetentionChanged': {
      const revision = (logstores.get(logstoreName)?.revision ?? 0) + 1;
      logstores.set(logstoreName, { logstoreId, ttl: event.data.ttl, revision });
      break;
    }
    case 'LogstoreDeleted':
      logstores.delete(logstoreName);
      break;
  }
}
