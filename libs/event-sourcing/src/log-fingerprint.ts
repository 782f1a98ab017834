import { StreamDeleted } from './errors';
import type { RecordedEvent } from './event';
import type { EventStore } from './event-store';
import { comparePositions, formatPosition } from './positions';
import type { Checkpoint, HandledEvent } from './read-model-store';

/** The log is not the one that the read models were folded from: it is shorter, or holds another event where they saw one. */
export class LogWentBack extends Error {
  constructor(consumer: string, finding: string) {
    super(
      `${consumer} was folded from another log: ${finding}. The log was restored or replaced. Rebuild the read models ` +
        '("flowledger projections rebuild"), or bring the log back that they were folded from',
    );
    this.name = 'LogWentBack';
  }
}

/**
 * Compares a checkpoint with the log before anything is resumed from it.
 * @returns whether the last handled event is gone, as it is after a scavenge: no reason to stop, but worth counting
 * @throws LogWentBack
 */
export async function checkFingerprint(
  consumer: string,
  events: EventStore,
  { position, lastEvent }: Checkpoint,
): Promise<{ readonly lastEventGone: boolean }> {
  const head = await events.head();
  if (!head || comparePositions(head, position) < 0) {
    const end = head ? formatPosition(head) : 'its beginning';
    throw new LogWentBack(
      consumer,
      `it has seen position ${formatPosition(position)} and the log ends at ${end}`,
    );
  }
  if (!lastEvent) return { lastEventGone: false };
  const now = await eventAt(events, lastEvent);
  if (now && (now.id !== lastEvent.id || comparePositions(now.position, lastEvent.position) !== 0)) {
    const { id, stream, revision } = lastEvent;
    throw new LogWentBack(consumer, `event ${revision} of ${stream} was ${id} and is now ${now.id}`);
  }
  return { lastEventGone: !now };
}

async function eventAt(
  events: EventStore,
  { stream, revision }: HandledEvent,
): Promise<RecordedEvent | undefined> {
  try {
    for await (const event of events.readStream(stream, { from: revision, maxCount: 1 })) {
      return event.revision === revision ? event : undefined;
    }
  } catch (error) {
    if (!(error instanceof StreamDeleted)) throw error;
  }
  return undefined;
}
