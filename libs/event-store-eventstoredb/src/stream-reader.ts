import { BACKWARDS, END, FORWARDS, START } from '@eventstore/db-client';
import type { ReadStreamOptions, RecordedEvent } from '@flowledger/event-sourcing';
import type { Connection } from './connection';
import { toRecorded } from './event-codec';
import type { ClientEvent } from './event-codec';
import { pageSize, readPage } from './page-reader';

export async function* readStream(
  connection: Connection,
  stream: string,
  { direction = 'forwards', from, maxCount = Infinity }: ReadStreamOptions,
): AsyncGenerator<RecordedEvent> {
  const backwards = direction === 'backwards';
  let start: bigint | typeof START | typeof END = from ?? (backwards ? END : START);
  for (let left = maxCount; left > 0;) {
    const count = Math.min(left, pageSize);
    const page: ClientEvent[] = await readPage(connection, stream, (client) =>
      client.readStream(stream, {
        direction: backwards ? BACKWARDS : FORWARDS,
        fromRevision: start,
        maxCount: count,
      }),
    );
    for (const event of page) yield toRecorded(event);
    const last = page.at(-1);
    if (!last || page.length < count || (backwards && last.revision === 0n)) return;
    start = backwards ? last.revision - 1n : last.revision + 1n;
    left -= page.length;
  }
}
