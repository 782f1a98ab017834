import type { Event } from '@flowledger/event-sourcing';

/**
 * Stream `project-<projectName>`: project names are unique over the whole deployment (DC-14), and a project owns its
 * logstores, so that deleting it is one fact.
 */
export const projectStream = (projectName: string): string => `project-${projectName}`;

export type ProjectCreated = Event<
  'ProjectCreated',
  {
    projectName: string;
    regionId: string;
    text: { description: string };
    /** The owner, as in the metadata: the decider folds data only. */
    accountId: string;
  }
>;
/** Its logstores go with it: `logstores` names those that were still there. */
export type ProjectDeleted = Event<
  'ProjectDeleted',
  { projectName: string; logstores: { logstoreName: string; logstoreId: string }[] }
>;

export type LogstoreCreated = Event<
  'LogstoreCreated',
  {
    projectName: string;
    logstoreName: string;
    /** Internal: the same name created again is another logstore. */
    logstoreId: string;
    /** Days; 3650 keeps for ever. */
    ttl: number;
  }
>;
export type LogstoreRetentionChanged = Event<
  'LogstoreRetentionChanged',
  { projectName: string; logstoreName: string; logstoreId: string; ttl: number }
>;
export type LogstoreDeleted = Event<
  'LogstoreDeleted',
  { projectName: string; logstoreName: string; logstoreId: string }
>;

export type ProjectEvent =
  ProjectCreated | ProjectDeleted | LogstoreCreated | LogstoreRetentionChanged | LogstoreDeleted;
