import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { eventStoreContract, newCategory, newEvents, collect } from '@flowledger/event-sourcing/testing';
import { EventStoreDbEventStore } from '@flowledger/event-store-eventstoredb';

const variable = 'FLOWLEDGER_EVENTSTORE_URL';
const connectionString = process.env[variable] ?? '';

/**
 * The contract on a real server. The server is shared and not empty: every stream of the contract has a random prefix,
 * and the contract asks nothing of other streams.
 */
const connect = async (): Promise<EventStoreDbEventStore> => {
  if (connectionString === '')
    throw new Error(`${variable} is not set: give the connection string of an EventStoreDB to test against`);
  return EventStoreDbEventStore.connect({ connectionString });
};

/** Deletes with a client of its own. It never takes the batch append, so that it cannot disturb the one under test. */
async function withClient(work: (client: EventStoreDBClient) => Promise<unknown>): Promise<void> {
  const client = EventStoreDBClient.connectionString(connectionString);
  try {
    await work(client);
  } finally {
    await client.dispose();
  }
}

/** Given with the call, credentials keep the client off the batch append; an insecure server ignores them. */
function credentials(): { username: string; password: string } {
  const [, username = 'admin', password = 'changeit'] =
    /\/\/([^:/@]+):([^@/]+)@/.exec(connectionString) ?? [];
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

describe('the server', () => {
  it('is there, and lets us read the log', async () => {
    const store = await connect();
    const stream = `${newCategory()}1`;
    await store.append(stream, 'no-stream', newEvents(1));
    expect(await store.head()).toBeDefined();
    expect(await collect(store.readStream(stream))).toHaveLength(1);
    await store.close();
  });
});

eventStoreContract<EventStoreDbEventStore>('EventStoreDB, real server', {
  open: connect,
  reopen: async (store) => {
    await store.close();
    return connect();
  },
  states: {
    setMetadata: (_, stream, limits) =>
      withClient((client) => client.setStreamMetadata(stream, { ...limits }, { credentials: credentials() })),
    softDelete: (_, stream) => withClient((client) => client.deleteStream(stream)),
    tombstone: (_, stream) => withClient((client) => client.tombstoneStream(stream)),
    appendForeign: (_, stream, type, data) =>
      withClient((client) =>
        client.appendToStream(stream, binaryEvent({ type, data }), { credentials: credentials() }),
      ),
  },
  weakIdempotencySurvivesRestart: { notApplicable: 'a reopened store talks to the same running server' },
  drop: { notApplicable: 'the connection cannot be made to fail from here' },
  snapshot: { notApplicable: 'the files of the server are out of reach' },
});
