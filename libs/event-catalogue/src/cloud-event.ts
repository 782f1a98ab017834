import { formatPosition } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';

/** A recorded event in the envelope of CloudEvents 1.0 (JSON format); names of extensions are lower case by its rules. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** The event's own id, unique over the whole log. */
  readonly id: string;
  /** `io.flowledger.FlowLogStopped.v1` */
  readonly type: string;
  /** `/accounts/<account>/<category>` */
  readonly source: string;
  /** Name of the stream. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** `$id` of the JSON Schema of `data`. */
  readonly dataschema: string;
  readonly data: unknown;
  /** Revision in its stream, from 0. */
  readonly sequence: string;
  /** Text of the log position: where a reader goes on. */
  readonly position: string;
  readonly correlationid: string;
  readonly causationid: string;
  readonly actor: string;
  readonly command: string;
  readonly regionid?: string;
  /** W3C trace context. */
  readonly traceparent?: string;
}

export const cloudEventType = (type: string, version: number): string => `io.flowledger.${type}.v${version}`;

export const schemaId = (type: string, version: number): string => `urn:flowledger:event:${type}:v${version}`;

/** Expects the event in its current shape, as {@link UpcastingEventStore} gives it; `data` is passed on as it is. */
export function toCloudEvent({ metadata, ...event }: RecordedEvent): CloudEvent {
  const { accountId, regionId, traceId, spanId, schemaVersion } = metadata;
  return {
    specversion: '1.0',
    id: event.id,
    type: cloudEventType(event.type, schemaVersion),
    source: `/accounts/${accountId}/${event.stream.split('-')[0]}`,
    subject: event.stream,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    dataschema: schemaId(event.type, schemaVersion),
    data: event.data,
    sequence: String(event.revision),
    position: formatPosition(event.position),
    correlationid: metadata.$correlationId,
    causationid: metadata.$causationId,
    actor: metadata.actor,
    command: metadata.command,
    ...(regionId && { regionid: regionId }),
    ...(traceId && spanId && { traceparent: `00-${traceId}-${spanId}-01` }),
  };
}
