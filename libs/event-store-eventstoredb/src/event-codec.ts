import type { AllStreamResolvedEvent, JSONEventData, ResolvedEvent } from '@eventstore/db-client';
import { CorruptRecord, logPosition, streamRevision } from '@flowledger/event-sourcing';
import type { EncodedEvent, EventMetadata, LogPosition, RecordedEvent } from '@flowledger/event-sourcing';

export type ClientEvent = NonNullable<(ResolvedEvent | AllStreamResolvedEvent)['event']>;

/**
 * The client serialises inside a promise that nobody can catch: one value that JSON cannot hold would hang the append
 * and end the process. So it only gets what has been JSON already (and the metadata as exactly `Uint8Array`, the one
 * class that it does not encode again).
 */
export function toClientEvent({ id, type, data, metadata }: EncodedEvent): JSONEventData {
  return {
    id,
    type,
    contentType: 'application/json',
    data: JSON.parse(data) as Record<string, unknown>,
    metadata: new TextEncoder().encode(metadata),
  };
}

/** Events of other writers may have no metadata, or data that are not JSON: they come as `{}` and as bytes. */
export function toRecorded(event: ClientEvent): RecordedEvent {
  return {
    id: event.id,
    type: event.type,
    data: event.data,
    metadata: (event.metadata ?? {}) as unknown as EventMetadata,
    stream: event.streamId,
    revision: streamRevision(event.revision),
    position: positionOf(event),
    recordedAt: event.created.toISOString(),
  };
}

export function positionOf({ position, streamId, revision }: ClientEvent): LogPosition {
  if (!position)
    throw new CorruptRecord(
      `${streamId}@${revision}`,
      'the server sent no position; 22.6 or later is needed',
    );
  return logPosition(position.commit, position.prepare);
}

/** Neither in a system stream nor of a system type: links and `$streamDeleted` stand in ordinary streams. */
export const isDomainEvent = ({ streamId, type }: ClientEvent): boolean =>
  !streamId.startsWith('$') && !type.startsWith('$');

/** Whether the stream's name begins with one of the prefixes; without a list every stream is meant. */
export const hasPrefix = (stream: string, prefixes: readonly string[] | undefined): boolean =>
  prefixes === undefined || prefixes.some((prefix) => stream.startsWith(prefix));
