import { StorageFull, StoreLocked } from '@flowledger/event-sourcing';

/** Another process owns the log store's directory. */
export class LogStoreLocked extends StoreLocked {
  constructor(path: string) {
    super(path);
    this.name = 'LogStoreLocked';
  }
}

/** The directory or a segment was written by a newer release: install that release, nothing was changed. */
export class UnsupportedFormat extends Error {
  constructor(
    readonly where: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(`${where} has format ${found}, this release reads up to ${known}: start the release that wrote it`);
    this.name = 'UnsupportedFormat';
  }
}

/** A batch that must not be stored, checked before anything is written. */
export class InvalidSegmentBatch extends Error {
  constructor(reason: string) {
    super(`The batch cannot be stored: ${reason}`);
    this.name = 'InvalidSegmentBatch';
  }
}

/** A segment that the manifest names cannot be read. */
export class SegmentDamaged extends Error {
  constructor(
    readonly file: string,
    readonly detail: string,
    options?: { cause?: unknown },
  ) {
    super(
      `Segment ${file} is damaged: ${detail}. Restore it from a backup; "flowledger doctor" lists all`,
      options,
    );
    this.name = 'SegmentDamaged';
  }
}

/** There is no such logstore, or it was deleted. */
export class LogstoreNotFound extends Error {
  constructor(readonly logstoreId: string) {
    super(`There is no logstore ${logstoreId}`);
    this.name = 'LogstoreNotFound';
  }
}

/** The query uses more than `*`, `key:value` and `and`. */
export class QueryNotSupported extends Error {
  /** @param position offset in the text, in UTF-16 units, of what is not understood */
  constructor(
    readonly position: number,
    readonly reason: string,
  ) {
    super(`The query is not supported at position ${position}: ${reason}`);
    this.name = 'QueryNotSupported';
  }
}

/** A store that was closed takes no calls. */
export class LogStoreClosed extends Error {
  constructor() {
    super('The log store is closed');
    this.name = 'LogStoreClosed';
  }
}

/** Turns "no room" of the operating system, of SQLite and of DuckDB into one error; others pass unchanged. */
export function translateFull(error: unknown, where: string): unknown {
  if (error instanceof StorageFull) return error;
  const code = (error as { code?: unknown }).code;
  const full =
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    code === 'SQLITE_FULL' ||
    (error instanceof Error && /no space left on device|disk quota exceeded/i.test(error.message));
  return full ? new StorageFull(where, { cause: error }) : error;
}
