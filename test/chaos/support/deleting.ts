import { EventStoreDBClient } from '@eventstore/db-client';
import { newCategory } from '@flowledger/event-sourcing/testing';
import { OfCategory } from './of-category';
import { connectedTo, embeddedReadModels, fakeServer } from './stores';
import type { Stores } from './stores';

/** Stores whose log is deleted from behind our back: the port itself never deletes. */
export interface DeletingStores extends Stores {
  softDelete(stream: string): Promise<void>;
  tombstone(stream: string): Promise<void>;
  /** Takes what was deleted out of the log, as far as the server does that. */
  scavenge(): Promise<void>;
}
export type OpenDeleting = () => Promise<DeletingStores>;

export const deletingFake =
  (profile: 'legacy' | 'modern'): OpenDeleting =>
  async () => {
    const server = await fakeServer({ profile });
    return {
      category: newCategory(),
      events: await connectedTo(server.connectionString),
      readModels: await embeddedReadModels(),
      softDelete: async (stream) => server.log.softDelete(stream),
      tombstone: async (stream) => server.log.tombstone(stream),
      scavenge: async () => {
        const { all } = server.log;
        const isDeleted = (stream: string) =>
          ['tombstoned', 'soft-deleted'].includes(server.log.state(stream));
        const kept = all.filter(({ stream, id }) => !isDeleted(stream) || id === all.at(-1)!.id);
        all.splice(0, all.length, ...kept);
      },
    };
  };

export const deletingServer =
  (connectionString: string): OpenDeleting =>
  async () => {
    const category = newCategory();
    return {
      category,
      events: new OfCategory(await connectedTo(connectionString), category),
      readModels: await embeddedReadModels(),
      softDelete: (stream) => asAnother(connectionString, (client) => client.deleteStream(stream)),
      tombstone: (stream) => asAnother(connectionString, (client) => client.tombstoneStream(stream)),
      scavenge: async () => {
        const { host, username, password, search } = new URL(connectionString.replace(/^esdb/, 'http'));
        const protocol = /tls=false/i.test(search) ? 'http' : 'https';
        const credentials = `${decodeURIComponent(username || 'admin')}:${decodeURIComponent(password || 'changeit')}`;
        const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
        const answer = await fetch(`${protocol}://${host}/admin/scavenge`, {
          method: 'POST',
          headers: { authorization },
        });
        if (!answer.ok) throw new Error(`The server refuses to scavenge: ${answer.status}`);
      },
    };
  };

/** With a client of its own that never takes the batch append, so that it cannot disturb the one under test. */
export async function asAnother(
  connectionString: string,
  work: (client: EventStoreDBClient) => Promise<unknown>,
): Promise<void> {
  const client = EventStoreDBClient.connectionString(connectionString);
  try {
    await work(client);
  } finally {
    await client.dispose();
  }
}
