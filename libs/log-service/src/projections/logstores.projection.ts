import type { Projection, ReadModel, Recorded } from '@flowledger/event-sourcing';
import type { ProjectEvent } from '../domain/project.events';

export interface LogstoreDocument {
  readonly projectName: string;
  readonly logstoreName: string;
  readonly accountId: string;
  /** Internal: never shown to clients, who know the two names. */
  readonly logstoreId: string;
  /** Days; 3650 keeps for ever. */
  readonly ttl: number;
  readonly createdAt: string;
  readonly lastModifiedAt: string;
  readonly revision: number;
}

/** Documents are keyed by {@link logstoreKey}: the names that are in use now. */
export const logstores: ReadModel<LogstoreDocument> = {
  name: 'logstores',
  version: 1,
  fields: ['projectName', 'logstoreName', 'logstoreId', 'createdAt'],
};

export const logstoreKey = (projectName: string, logstoreName: string): string =>
  `${projectName}/${logstoreName}`;

export const logstoresProjection: Projection<LogstoreDocument, ProjectEvent> = {
  readModel: logstores,
  streamPrefixes: ['project-'],
  documentIds({ type, data }) {
    if ('logstoreName' in data) return logstoreKey(data.projectName, data.logstoreName);
    if (type !== 'ProjectDeleted' || !('logstores' in data)) return undefined;
    return data.logstores.map(({ logstoreName }) => logstoreKey(data.projectName, logstoreName));
  },
  evolve(logstore, event: Recorded<ProjectEvent>) {
    const { recordedAt, metadata } = event;
    switch (event.type) {
      case 'LogstoreCreated': {
        const at = { createdAt: recordedAt, lastModifiedAt: recordedAt };
        return { ...event.data, accountId: metadata.accountId, ...at, revision: 0 };
      }
      case 'LogstoreRetentionChanged':
        return (
          logstore && {
            ...logstore,
            ttl: event.data.ttl,
            lastModifiedAt: recordedAt,
            revision: logstore.revision + 1,
          }
        );
      case 'LogstoreDeleted':
      case 'ProjectDeleted':
        return undefined;
      default:
        return logstore;
    }
  },
};
