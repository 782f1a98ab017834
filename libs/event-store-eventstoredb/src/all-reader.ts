import { BACKWARDS, END, FORWARDS, START } from '@eventstore/db-client';
import type { ReadPosition } from '@eventstore/db-client';
import { comparePositions, formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition, ReadAllOptions, RecordedEvent } from '@flowledger/event-sourcing';
import type { Connection } from './connection';
import { hasPrefix, isDomainEvent, positionOf, toRecorded } from './event-codec';
import type { ClientEvent } from './event-codec';
import { pageSize, readPage } from './page-reader';

/** Filtered here: client 6.2.1 has no filter for reads of `$all` (it ignores one without a word). */
export async function* readAll(
  connection: Connection,
  { direction = 'forwards', from, maxCount = Infinity, streamPrefixes }: ReadAllOptions,
): AsyncGenerator<RecordedEvent> {
  if (streamPrefixes?.length === 0) return;
  const pages = direction === 'forwards' ? pagesAfter(connection, from) : pagesBefore(connection, from);
  let left = maxCount;
  for await (const page of pages) {
    for (const event of page) {
      if (left <= 0) return;
      if (!isDomainEvent(event) || !hasPrefix(event.streamId, streamPrefixes)) continue;
      left--;
      yield toRecorded(event);
    }
    if (left <= 0) return;
  }
}

/** Position of the last event of any stream, system streams included. */
export async function headOf(connection: Connection): Promise<LogPosition | undefined> {
  const [last] = await allPage(connection, BACKWARDS, END, 1);
  return last && positionOf(last);
}

/** A forward read of `$all` includes its start, so every page but the first begins with a repetition. */
async function* pagesAfter(
  connection: Connection,
  from: LogPosition | undefined,
): AsyncGenerator<ClientEvent[]> {
  let after = from;
  for (;;) {
    const page = await allPage(connection, FORWARDS, after ?? START, pageSize);
    const fresh = page.filter((event) => !after || comparePositions(positionOf(event), after) > 0);
    yield fresh;
    const last = fresh.at(-1);
    if (!last || page.length < pageSize) return;
    after = positionOf(last);
  }
}

/** A backward read of `$all` excludes its start; one that starts beyond the end is an error on every server. */
async function* pagesBefore(
  connection: Connection,
  from: LogPosition | undefined,
): AsyncGenerator<ClientEvent[]> {
  let before: ReadPosition = END;
  if (from) {
    const head = await headOf(connection);
    if (head && comparePositions(from, head) <= 0) before = from;
  }
  for (;;) {
    const page = await allPage(connection, BACKWARDS, before, pageSize);
    yield page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    before = positionOf(last);
  }
}

function allPage(
  connection: Connection,
  direction: typeof FORWARDS | typeof BACKWARDS,
  fromPosition: ReadPosition,
  maxCount: number,
): Promise<ClientEvent[]> {
  const subject = typeof fromPosition === 'string' ? '$all' : formatPosition(fromPosition as LogPosition);
  return readPage(connection, subject, (client) => client.readAll({ direction, fromPosition, maxCount }));
}
