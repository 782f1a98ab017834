import { comparePositions, formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition, ReadAllOptions, RecordedEvent } from '@flowledger/event-sourcing';
import type { LogPage } from './client/read-request';
import { hasPrefix, isDomainEvent } from './client/recorded-event';
import type { Connection } from './connection';
import { pageSize, readPage } from './page-reader';

type Prefixes = LogPage['streamPrefixes'];

export async function* readAll(
  connection: Connection,
  { direction = 'forwards', from, maxCount = Infinity, streamPrefixes }: ReadAllOptions,
): AsyncGenerator<RecordedEvent> {
  if (streamPrefixes?.length === 0) return;
  const pages =
    direction === 'forwards'
      ? pagesAfter(connection, from, maxCount, streamPrefixes)
      : pagesBefore(connection, from, maxCount, streamPrefixes);
  let left = maxCount;
  for await (const page of pages) {
    for (const event of page) {
      if (left <= 0) return;
      // The server filters too; a server that ignores the filter must not be believed.
      if (!isDomainEvent(event) || !hasPrefix(event.stream, streamPrefixes)) continue;
      left--;
      yield event;
    }
    if (left <= 0) return;
  }
}

/** Position of the last event of any stream, system streams included. */
export async function headOf(connection: Connection): Promise<LogPosition | undefined> {
  const [last] = await logPage(connection, {
    backwards: true,
    from: undefined,
    maxCount: 1,
    streamPrefixes: undefined,
  });
  return last?.position;
}

/** A forward read of `$all` includes its start, so every page but the first begins with a repetition. */
async function* pagesAfter(
  connection: Connection,
  from: LogPosition | undefined,
  wanted: number,
  streamPrefixes: Prefixes,
): AsyncGenerator<RecordedEvent[]> {
  const maxCount = Math.min(pageSize, wanted + 1);
  let after = from;
  for (;;) {
    const page = await logPage(connection, { backwards: false, from: after, maxCount, streamPrefixes });
    const fresh = page.filter((event) => !after || comparePositions(event.position, after) > 0);
    yield fresh;
    const last = fresh.at(-1);
    if (!last || page.length < maxCount) return;
    after = last.position;
  }
}

/** A backward read of `$all` excludes its start; one that starts beyond the end is an error on every server. */
async function* pagesBefore(
  connection: Connection,
  from: LogPosition | undefined,
  wanted: number,
  streamPrefixes: Prefixes,
): AsyncGenerator<RecordedEvent[]> {
  const maxCount = Math.max(1, Math.min(pageSize, wanted));
  let before: LogPosition | undefined;
  if (from) {
    const head = await headOf(connection);
    if (head && comparePositions(from, head) <= 0) before = from;
  }
  for (;;) {
    const page = await logPage(connection, { backwards: true, from: before, maxCount, streamPrefixes });
    yield page;
    const last = page.at(-1);
    if (!last || page.length < maxCount) return;
    before = last.position;
  }
}

function logPage(connection: Connection, page: LogPage): Promise<RecordedEvent[]> {
  const { readTimeoutMs, scanTimeoutMs } = connection.timers;
  return readPage(
    connection,
    page.from ? formatPosition(page.from) : '$all',
    (client, sink) => client.readLog(page, sink),
    page.streamPrefixes ? Math.max(readTimeoutMs, scanTimeoutMs) : readTimeoutMs,
  );
}
