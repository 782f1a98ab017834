import { deterministicId, logPosition, streamRevision } from '@flowledger/event-sourcing';
import type { Event, EventMetadata, RecordedEvent } from '@flowledger/event-sourcing';

export interface RecordedAt {
  readonly stream?: string;
  readonly at?: string;
  readonly accountId?: string;
  readonly regionId?: string;
  readonly metadata?: Partial<EventMetadata>;
}

/** An event as the log would hold it; `index` is its revision and its position. */
export function recorded<E extends Event>(
  event: E,
  index: number,
  options: RecordedAt = {},
): RecordedEvent<E> {
  const { stream = 'test-1', at = '2026-01-01T00:00:00.000Z', accountId = '1000000000000001' } = options;
  const id = deterministicId(`${stream}/${index}`);
  return {
    id,
    type: event.type,
    data: event.data,
    stream,
    revision: streamRevision(index),
    position: logPosition(index),
    recordedAt: at,
    metadata: {
      $correlationId: deterministicId('correlation'),
      $causationId: deterministicId('cause'),
      actor: 'token-1',
      accountId,
      ...(options.regionId && { regionId: options.regionId }),
      command: 'Test',
      schemaVersion: 1,
      ...options.metadata,
    },
  };
}
