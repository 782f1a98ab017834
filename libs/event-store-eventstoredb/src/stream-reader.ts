import { streamRevision } from '@flowledger/event-sourcing';
import type { ReadStreamOptions, RecordedEvent } from '@flowledger/event-sourcing';
import type { Connection } from './connection';
import { pageSize, readPage } from './page-reader';

export async function* readStream(
  connection: Connection,
  stream: string,
  { direction = 'forwards', from, maxCount = Infinity }: ReadStreamOptions,
): AsyncGenerator<RecordedEvent> {
  const backwards = direction === 'backwards';
  let start = from;
  for (let left = maxCount; left > 0;) {
    const count = Math.min(left, pageSize);
    const page = await readPage(connection, stream, (client, sink) =>
      client.readStream({ stream, from: start, backwards, maxCount: count }, sink),
    );
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < count || (backwards && last.revision === 0n)) return;
    start = streamRevision(backwards ? last.revision - 1n : last.revision + 1n);
    left -= page.length;
  }
}
