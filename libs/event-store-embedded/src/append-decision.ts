import { logPosition, streamRevision, WrongExpectedRevision } from '@flowledger/event-sourcing';
import type { AppendResult, EncodedEvent, ExpectedRevision } from '@flowledger/event-sourcing';

export interface StoredId {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
}

/** What the decision looks up, including what earlier appends of the same transaction have written. */
export interface StreamIndex {
  /** -1 for a stream without events. */
  lastRevision(stream: string): number;
  idsFrom(stream: string, revision: number, count: number): StoredId[];
  latestWithId(stream: string, id: string): StoredId | undefined;
}

export type Decision = { readonly writeFrom: number } | { readonly already: AppendResult };

/**
 * Write, or answer for an append that was repeated: EventStoreDB's rules. Exact expectations compare ids behind the
 * expected revision; `any` and `stream-exists` look the ids up in the stream.
 * @throws WrongExpectedRevision
 */
export function decideAppend(
  index: StreamIndex,
  stream: string,
  expected: ExpectedRevision,
  events: readonly EncodedEvent[],
): Decision {
  const last = index.lastRevision(stream);
  const refuse = (): never => {
    throw new WrongExpectedRevision(stream, expected, last < 0 ? 'no-stream' : streamRevision(last));
  };

  if (expected === 'any' || expected === 'stream-exists') {
    if (expected === 'stream-exists' && last < 0) return refuse();
    if (last < 0 || !index.latestWithId(stream, events[0]!.id)) return { writeFrom: last + 1 };
    const known = events.map(({ id }) => index.latestWithId(stream, id));
    return known.every((stored) => stored !== undefined) ? already(known.at(-1)!) : refuse();
  }

  const base = expected === 'no-stream' ? -1 : Number(expected);
  if (base === last) return { writeFrom: last + 1 };
  if (base > last) return refuse();
  const stored = index.idsFrom(stream, base + 1, events.length);
  const repeated = events.every(({ id }, offset) => stored[offset]?.id === id);
  return repeated ? already(stored.at(-1)!) : refuse();
}

const already = ({ revision, position }: StoredId): Decision => ({
  already: { revision: streamRevision(revision), position: logPosition(position) },
});
