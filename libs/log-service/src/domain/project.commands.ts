/** Whose command it is: another account's project does not exist for it. */
interface OfAccount {
  readonly accountId: string;
}

/** The `revision` that the caller saw; refused with RevisionMismatch when it has moved on. */
interface IfRevision {
  readonly ifRevision?: number;
}

export interface ProjectRequest {
  readonly projectName: string;
  readonly description: string;
  readonly regionId: string;
}

export interface LogstoreRequest {
  readonly projectName: string;
  readonly logstoreName: string;
  /** Days, 1 to 3650; 30 when absent (DD-32). */
  readonly ttl?: number;
}

export interface ProjectDeletion extends IfRevision {
  readonly projectName: string;
}

export interface RetentionChange extends IfRevision {
  readonly projectName: string;
  readonly logstoreName: string;
  readonly ttl: number;
}

export interface LogstoreDeletion extends IfRevision {
  readonly projectName: string;
  readonly logstoreName: string;
}

export type ProjectCommand = OfAccount &
  (
    | ({ readonly type: 'CreateProject' } & ProjectRequest)
    | ({ readonly type: 'DeleteProject' } & ProjectDeletion)
    | ({ readonly type: 'CreateLogstore'; readonly logstoreId: string } & LogstoreRequest)
    | ({ readonly type: 'ChangeLogstoreRetention' } & RetentionChange)
    | ({ readonly type: 'DeleteLogstore' } & LogstoreDeletion)
  );
