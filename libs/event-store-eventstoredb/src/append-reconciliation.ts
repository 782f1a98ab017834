import type { AppendResult, ExpectedRevision, RecordedEvent } from '@flowledger/event-sourcing';
import { streamRevision } from '@flowledger/event-sourcing';
import type { Connection } from './connection';
import { pageSize } from './page-reader';
import { readStream } from './stream-reader';

/**
 * Whether events with these ids stand in the stream where an append with this expectation puts them: then an earlier
 * attempt succeeded although its answer was lost. For `any` and `stream-exists` there is no such place; the last
 * {@link pageSize} events are searched.
 */
export async function findAppended(
  connection: Connection,
  stream: string,
  expected: ExpectedRevision,
  ids: readonly string[],
): Promise<AppendResult | undefined> {
  const candidates = await collect(
    expected === 'any' || expected === 'stream-exists'
      ? readStream(connection, stream, { direction: 'backwards', maxCount: pageSize })
      : readStream(connection, stream, { from: firstAfter(expected), maxCount: ids.length }),
  );
  if (expected === 'any' || expected === 'stream-exists') candidates.reverse();
  const start = candidates.findIndex(({ id }) => id === ids[0]);
  const stored = start < 0 ? [] : candidates.slice(start, start + ids.length);
  if (stored.length < ids.length || !stored.every(({ id }, index) => id === ids[index])) return undefined;
  const { revision, position } = stored.at(-1)!;
  return { revision, position };
}

const firstAfter = (expected: ExpectedRevision) =>
  typeof expected === 'bigint' ? streamRevision(expected + 1n) : streamRevision(0);

async function collect(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
