import { Clock, streamRevision } from '@flowledger/event-sourcing';
import type { EventStore, NewEvent } from '@flowledger/event-sourcing';
import type { StreamEvent } from './large-log';

const atOnce = 1_000;

/** A week has passed after a thousand commits: histories are as short as they are in a log that took its time. */
export class PassingTime extends Clock {
  private time = Date.UTC(2026, 0, 1);

  epochMilliseconds(): number {
    return (this.time += 10 * 60_000);
  }
}

/** Appends everything, a thousand streams at a time in one commit of the store. @returns the number of events */
export async function fillLog(store: EventStore, events: Iterable<StreamEvent>): Promise<number> {
  const lengths = new Map<string, number>();
  let batch = new Map<string, NewEvent[]>();
  let written = 0;
  let waiting = 0;
  const write = async (): Promise<void> => {
    await Promise.all([...batch].map(([stream, added]) => append(store, lengths, stream, added)));
    written += waiting;
    waiting = 0;
    batch = new Map();
  };
  for (const { stream, event } of events) {
    const added = batch.get(stream);
    if (added) added.push(event);
    else batch.set(stream, [event]);
    if (++waiting === atOnce) await write();
  }
  await write();
  return written;
}

async function append(
  store: EventStore,
  lengths: Map<string, number>,
  stream: string,
  events: readonly NewEvent[],
): Promise<void> {
  const length = lengths.get(stream) ?? 0;
  await store.append(stream, length === 0 ? 'no-stream' : streamRevision(length - 1), events);
  lengths.set(stream, length + events.length);
}
