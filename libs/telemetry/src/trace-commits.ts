import type { ProjectionRunner } from '@flowledger/event-sourcing';
import type { Tracing } from './tracing';

/**
 * A span from the append of each event to the commit that made it visible. Call it when the read models are ready: a
 * rebuild makes no spans.
 * @returns how to stop
 */
export function traceCommits(runner: Pick<ProjectionRunner, 'onCommitted'>, tracing: Tracing): () => void {
  return runner.onCommitted((events) => {
    for (const event of events) {
      const { traceId, spanId } = event.metadata;
      if (!traceId || !spanId) continue;
      const attributes = { 'flowledger.stream': event.stream, 'flowledger.event_id': event.id };
      tracing
        .start(`project ${event.type}`, {
          kind: 'consumer',
          parent: { traceId, spanId },
          attributes,
          startedAt: Date.parse(event.recordedAt),
        })
        .end();
    }
  });
}
