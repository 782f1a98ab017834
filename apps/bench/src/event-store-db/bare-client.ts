import { EventStoreDBClient, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import type { AppendResult } from '@eventstore/db-client';
import { collect } from './collect';
import type { Work } from './load';

/** What the npm client itself does with the same events: no checks, no timers, no repetition. */
export class BareClient {
  private readonly client: EventStoreDBClient;

  constructor(connectionString: string) {
    this.client = EventStoreDBClient.connectionString(connectionString);
  }

  /** Each caller appends its events one after the other, at the revision it knows. */
  async append(work: Work): Promise<void> {
    await Promise.all(
      work.map(async ({ stream, events }) => {
        let expectedRevision: bigint | 'no_stream' = 'no_stream';
        for (const { id, type, data, metadata } of events) {
          const event = jsonEvent({
            id,
            type,
            data: data as Record<string, unknown>,
            metadata: { ...metadata },
          });
          const answer: AppendResult = await this.client.appendToStream(stream, event, { expectedRevision });
          expectedRevision = answer.nextExpectedRevision;
        }
      }),
    );
  }

  /** Each caller reads its stream whole before each append. */
  async readAndAppend(work: Work): Promise<void> {
    await Promise.all(
      work.map(async ({ stream, events }) => {
        for (const { id, type, data, metadata } of events) {
          const read = await collect(this.client.readStream(stream, { fromRevision: START }));
          const expectedRevision = read.at(-1)!.event!.revision;
          const event = jsonEvent({
            id,
            type,
            data: data as Record<string, unknown>,
            metadata: { ...metadata },
          });
          await this.client.appendToStream(stream, event, { expectedRevision });
        }
      }),
    );
  }

  /** Receives that many events of a filtered subscription to `$all`. */
  async subscribe(prefix: string, count: number): Promise<void> {
    let left = count;
    for await (const { event } of this.client.subscribeToAll({
      filter: streamNameFilter({ prefixes: [prefix] }),
    }))
      if (event && --left === 0) break;
  }

  dispose(): Promise<void> {
    return this.client.dispose();
  }
}
