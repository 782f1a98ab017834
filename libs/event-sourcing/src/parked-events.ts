import { reasonOf } from './errors';
import type { RecordedEvent } from './event';
import type { EventStore } from './event-store';
import { formatPosition, streamRevision } from './positions';
import type { LogPosition } from './positions';
import { everyAccount } from './read-model-store';
import type { DocumentWrite, ReadModel, ReadModelStore } from './read-model-store';

/**
 * An event that could not be folded into a document, or that came after one for the same document. The event itself
 * stays in the log: it is read again from there, so a fix is an upcaster or new code, never an edit.
 */
export interface ParkedEvent {
  readonly accountId: string;
  readonly readModel: string;
  /** Id of the document; `stream:<name>` when the event's documents could not be told. */
  readonly sequence: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  /** Sorts as the positions do. */
  readonly order: string;
  readonly reason: string;
  readonly attempts: number;
  /** ISO 8601. */
  readonly parkedAt: string;
  readonly replayRequested: boolean;
}

export const parkedEvents: ReadModel<ParkedEvent> = {
  name: 'parked-events',
  version: 1,
  fields: ['readModel', 'sequence', 'order', 'replayRequested'],
};

/** What stands still together: the events of one document, in order. */
export interface ParkedSequence {
  readonly readModel: string;
  readonly accountId: string;
  readonly sequence: string;
}

const behind = 'an earlier event of the same document is parked';
const keyOf = ({ readModel, accountId, sequence }: ParkedSequence): string =>
  `${readModel}\0${accountId}\0${sequence}`;
const idOf = ({ readModel, sequence, order }: ParkedEvent): string => `${readModel} ${sequence} ${order}`;
const digits = 20;
const orderOf = ({ commit, prepare }: LogPosition): string =>
  [commit, prepare].map((half) => `${half}`.padStart(digits, '0')).join('.');

/** Which sequences stand still. The documents of {@link parkedEvents} are the truth; this is what is asked before each event. */
export class ParkedSequences {
  private readonly counts = new Map<string, number>();

  async load(readModels: ReadModelStore): Promise<void> {
    this.counts.clear();
    const limit = 1_000;
    let page = await readModels.scan(parkedEvents, { limit });
    for (;;) {
      for (const { document } of page) this.count(document as ParkedEvent, 1);
      if (page.length < limit) return;
      page = await readModels.scan(parkedEvents, { limit, after: page.at(-1) });
    }
  }

  get sequences(): number {
    return this.counts.size;
  }

  get events(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  has(sequence: ParkedSequence): boolean {
    return this.counts.size > 0 && this.counts.has(keyOf(sequence));
  }

  /** @returns what has to be committed with the checkpoint that passes the event */
  park(sequence: ParkedSequence, event: RecordedEvent, at: string, error?: unknown): DocumentWrite {
    this.count(sequence, 1);
    const { readModel, accountId, sequence: name } = sequence;
    const parked: ParkedEvent = {
      accountId,
      readModel,
      sequence: name,
      eventId: event.id,
      eventType: event.type,
      stream: event.stream,
      revision: `${event.revision}`,
      position: formatPosition(event.position),
      order: orderOf(event.position),
      reason: error === undefined ? behind : reasonOf(error),
      attempts: error === undefined ? 0 : 1,
      parkedAt: at,
      replayRequested: false,
    };
    return bookkeeping(parked);
  }

  released(sequence: ParkedSequence): void {
    this.count(sequence, -1);
  }

  private count(sequence: ParkedSequence, change: number): void {
    const key = keyOf(sequence);
    const count = (this.counts.get(key) ?? 0) + change;
    if (count > 0) this.counts.set(key, count);
    else this.counts.delete(key);
  }
}

const bookkeeping = (parked: ParkedEvent): DocumentWrite => ({
  readModel: parkedEvents,
  accountId: parked.accountId,
  id: idOf(parked),
  document: parked,
});

export const unparked = (parked: ParkedEvent): DocumentWrite => ({
  ...bookkeeping(parked),
  document: undefined,
});

export const failedAgain = (parked: ParkedEvent, error: unknown): DocumentWrite =>
  bookkeeping({
    ...parked,
    reason: reasonOf(error),
    attempts: parked.attempts + 1,
    replayRequested: false,
  });

/** The first events of a parked sequence, in order. */
export async function parkedOf(
  readModels: ReadModelStore,
  { readModel, accountId, sequence }: ParkedSequence,
  limit: number,
): Promise<ParkedEvent[]> {
  const filter = { readModel, sequence };
  const sort = { by: 'order', direction: 'ascending' } as const;
  return (await readModels.find(parkedEvents, accountId, { filter, sort, limit })).items;
}

/** Asks whoever works for the projections to fold the sequence again. @returns false when nothing is parked there */
export async function requestReplay(readModels: ReadModelStore, sequence: ParkedSequence): Promise<boolean> {
  const [first] = await parkedOf(readModels, sequence, 1);
  if (!first) return false;
  const writes = [bookkeeping({ ...first, replayRequested: true })];
  await readModels.commit({ consumer: 'parked-events', writes });
  return true;
}

/** The sequences that an operator wants folded again. */
export async function replaysRequested(readModels: ReadModelStore, limit: number): Promise<ParkedSequence[]> {
  const filter = { replayRequested: true };
  const { items } = await readModels.find(parkedEvents, everyAccount, { filter, limit });
  return items.map(({ readModel, accountId, sequence }) => ({ readModel, accountId, sequence }));
}

/** Undefined when it is no longer there. */
export async function parkedInLog(
  events: EventStore,
  parked: ParkedEvent,
): Promise<RecordedEvent | undefined> {
  const from = streamRevision(BigInt(parked.revision));
  for await (const event of events.readStream(parked.stream, { from, maxCount: 1 })) {
    return event.id === parked.eventId ? event : undefined;
  }
  return undefined;
}
