import type { ExpectedRevision } from './event-store';
import type { StreamRevision } from './positions';

/** The stream is not where the writer expected it: somebody else was faster, or the expectation was wrong. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: StreamRevision | 'no-stream',
  ) {
    super(`Stream ${stream} is at ${actual}, not at ${expected}`);
    this.name = 'WrongExpectedRevision';
  }
}

/** The stream was deleted in the store behind our back; it takes no more events. */
export class StreamDeleted extends Error {
  constructor(readonly stream: string) {
    super(`Stream ${stream} was deleted`);
    this.name = 'StreamDeleted';
  }
}

/** The store did not answer: the events may or may not be in the log. Repeat with the same ids and expectation. */
export class UnknownOutcome extends Error {
  constructor(
    readonly stream: string,
    options?: { cause?: unknown },
  ) {
    super(`The event store did not say whether the append to ${stream} took place`, options);
    this.name = 'UnknownOutcome';
  }
}

/** The store cannot be reached or refuses to serve; nothing was written by this call. */
export class EventStoreUnavailable extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'EventStoreUnavailable';
  }
}

/** Checked before anything is sent: no events, too many bytes, an id that is not a UUID, an empty name or type. */
export class InvalidAppend extends Error {
  constructor(
    readonly stream: string,
    readonly reason: string,
  ) {
    super(`Cannot append to ${stream}: ${reason}`);
    this.name = 'InvalidAppend';
  }
}

/** A stored record does not match its checksum. Nothing after it is trusted. */
export class CorruptRecord extends Error {
  constructor(
    readonly where: string,
    readonly detail: string,
  ) {
    super(
      `${where} is damaged: ${detail}. Restore it from a backup; run "flowledger doctor" for the whole list`,
    );
    this.name = 'CorruptRecord';
  }
}

/** No room left on the device (or in the configured size). Reads go on; writes work again once there is room. */
export class StorageFull extends Error {
  constructor(
    readonly where: string,
    options?: { cause?: unknown },
  ) {
    super(`No space left for ${where}`, options);
    this.name = 'StorageFull';
  }
}

/** Another process owns the files. */
export class StoreLocked extends Error {
  constructor(readonly path: string) {
    super(`${path} is in use by another process`);
    this.name = 'StoreLocked';
  }
}

/** The subscription ended without being asked to. Subscribe again after the last handled position. */
export class SubscriptionDropped extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(`Subscription dropped: ${reason}`, options);
    this.name = 'SubscriptionDropped';
  }
}

export class MalformedPosition extends Error {
  constructor(readonly text: string) {
    super(`"${text.slice(0, 60)}" is not a position of this log`);
    this.name = 'MalformedPosition';
  }
}

/** A list cursor that was not made by this store for this sort order. */
export class MalformedCursor extends Error {
  constructor() {
    super('The cursor is not one that this list gave out');
    this.name = 'MalformedCursor';
  }
}

/** The store's trouble, not that of what was to be stored: the same again works once the store does. */
export const isStoreFailure = (error: unknown): boolean =>
  error instanceof EventStoreUnavailable || error instanceof UnknownOutcome || error instanceof StorageFull;

/** What was thrown, in one line for people: anything can be thrown. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : (JSON.stringify(thrown) ?? typeof thrown);
