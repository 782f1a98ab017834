import type { RecordedEvent } from '@flowledger/event-sourcing';
import type { SpanIds } from './tracing';

const remembered = 10_000;

/** Traces of the latest events, by their ids: what a process manager does because of an event continues its trace. */
export class EventTraces {
  private readonly traces = new Map<string, SpanIds>();

  remember({ id, metadata: { traceId, spanId } }: Pick<RecordedEvent, 'id' | 'metadata'>): void {
    if (!traceId || !spanId) return;
    this.traces.set(id, { traceId, spanId });
    const oldest = this.traces.keys().next().value;
    if (this.traces.size > remembered && oldest !== undefined) this.traces.delete(oldest);
  }

  of(eventId: string): SpanIds | undefined {
    return this.traces.get(eventId);
  }
}
