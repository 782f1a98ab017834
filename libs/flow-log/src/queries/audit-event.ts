import { formatPosition } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';

/** One step of the audit trail: who did what, when, why, and what became of it. */
export interface AuditEvent {
  /** Text of the log position: also the cursor. */
  readonly position: string;
  readonly stream: string;
  /** Within its stream, from 0. */
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly command: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly data: unknown;
}

export const auditEventOf = (event: RecordedEvent): AuditEvent => ({
  position: formatPosition(event.position),
  stream: event.stream,
  revision: Number(event.revision),
  type: event.type,
  recordedAt: event.recordedAt,
  actor: event.metadata.actor,
  command: event.metadata.command,
  correlationId: event.metadata.$correlationId,
  causationId: event.metadata.$causationId,
  data: shownData(event),
});

/** What a door may show of an event's data. */
export const shownData = ({ stream, data }: Pick<RecordedEvent, 'stream' | 'data'>): unknown =>
  stream.startsWith('access-') ? withoutSecrets(data) : data;

/** Not even the hash of a secret leaves the log. */
const withoutSecrets = (data: unknown): unknown =>
  Object.fromEntries(
    Object.entries(data as Record<string, unknown>).filter(([member]) => !/secret/i.test(member)),
  );
