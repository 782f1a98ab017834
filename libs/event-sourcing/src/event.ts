import type { LogPosition, StreamRevision } from './positions';

/** A fact in the words of the domain: what a decider returns and a projection folds. `data` is plain JSON. */
export interface Event<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** Who did what, and why. The `$` names are those that EventStoreDB's own tools understand. */
export interface EventMetadata {
  readonly $correlationId: string;
  /** Id of the command, or of the event, that caused this one. */
  readonly $causationId: string;
  /** Opaque id of the acting token, or `system:<name>` for a process manager: never a person's name. */
  readonly actor: string;
  readonly accountId: string;
  readonly regionId?: string;
  /** Type of the command that was carried out (`StopFlowLog`). */
  readonly command: string;
  readonly traceId?: string;
  readonly spanId?: string;
  /** Version of the shape of `data`; 1 unless an upcaster says otherwise. */
  readonly schemaVersion: number;
}

/** An event on its way into a stream. `id` is a UUID and deterministic: a repeated append must repeat it. */
export interface NewEvent<E extends Event = Event> {
  readonly id: string;
  readonly type: E['type'];
  readonly data: E['data'];
  readonly metadata: EventMetadata;
}

/** An event as the log holds it. */
export interface RecordedEvent<E extends Event = Event> {
  readonly id: string;
  readonly type: E['type'];
  readonly data: E['data'];
  readonly metadata: EventMetadata;
  readonly stream: string;
  readonly revision: StreamRevision;
  readonly position: LogPosition;
  /** ISO 8601, UTC, milliseconds. For people: order is by position only. */
  readonly recordedAt: string;
}

/**
 * {@link RecordedEvent} distributed over a union of events, so that `switch (event.type)` narrows `event.data`.
 */
export type Recorded<E extends Event> = E extends Event ? RecordedEvent<E> : never;
