import type { RecordedEvent } from './event';

/** A newer release wrote this event. Folding it as if it had a known shape would be wrong without a sign of it. */
export class UnknownEventVersion extends Error {
  readonly type: string;
  readonly schemaVersion: number;

  constructor(
    { type, stream, revision, metadata }: Pick<RecordedEvent, 'type' | 'stream' | 'revision' | 'metadata'>,
    /** The newest version that this release reads. */
    readonly known: number,
  ) {
    const { schemaVersion } = metadata;
    super(
      `${type} at revision ${revision} of ${stream} has schema version ${schemaVersion}, but this release reads ` +
        `versions up to ${known}: a newer release wrote it. Upgrade this process`,
    );
    this.name = 'UnknownEventVersion';
    this.type = type;
    this.schemaVersion = schemaVersion;
  }
}

/** The upcasters of a type do not lead from every old shape to one current shape: found when the process starts. */
export class UpcastersBroken extends Error {
  constructor(
    readonly type: string,
    readonly reason: string,
  ) {
    super(`The upcasters of ${type} are broken: ${reason}`);
    this.name = 'UpcastersBroken';
  }
}
