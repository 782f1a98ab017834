import type { Projection, ReadModel, Recorded } from '@flowledger/event-sourcing';
import type { ProjectEvent } from '../domain/project.events';

/**
 * A logstore by its internal id, also after its deletion: what a flow log is bound to, and what the collection planner
 * and the storage's clean-up read.
 */
export interface LogstoreBinding {
  readonly logstoreId: string;
  readonly accountId: string;
  readonly projectName: string;
  readonly logstoreName: string;
  /** Days; the last one it had. */
  readonly ttl: number;
  readonly deleted: boolean;
}

/** Documents are keyed by `logstoreId`. */
export const logstoreBindings: ReadModel<LogstoreBinding> = {
  name: 'logstore-bindings',
  version: 1,
  fields: ['logstoreId', 'accountId', 'projectName', 'logstoreName', 'deleted'],
};

export const logstoreBindingsProjection: Projection<LogstoreBinding, ProjectEvent> = {
  readModel: logstoreBindings,
  streamPrefixes: ['project-'],
  documentIds({ type, data }) {
    if ('logstoreId' in data) return data.logstoreId;
    if (type !== 'ProjectDeleted' || !('logstores' in data)) return undefined;
    return data.logstores.map(({ logstoreId }) => logstoreId);
  },
  evolve(binding, event: Recorded<ProjectEvent>) {
    switch (event.type) {
      case 'LogstoreCreated':
        return { ...event.data, accountId: event.metadata.accountId, deleted: false };
      case 'LogstoreRetentionChanged':
        return binding && { ...binding, ttl: event.data.ttl };
      case 'LogstoreDeleted':
      case 'ProjectDeleted':
        return binding && { ...binding, deleted: true };
      default:
        return binding;
    }
  },
};
