import { collect, eventStoreContract, newCategory, newEvents } from '@flowledger/event-sourcing/testing';
import type { EventStoreDbEventStore } from '@flowledger/event-store-eventstoredb';
import { clientKind, connect, streamStates } from './support/real-server';

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

/**
 * The contract on a real server. The server is shared and not empty: every stream of the contract has a random prefix,
 * and the contract asks nothing of other streams.
 */
eventStoreContract<EventStoreDbEventStore>(`EventStoreDB, real server, ${clientKind} client`, {
  open: connect,
  reopen: async (store) => {
    await store.close();
    return connect();
  },
  states: streamStates,
  weakIdempotencySurvivesRestart: { notApplicable: 'a reopened store talks to the same running server' },
  drop: { notApplicable: 'the connection cannot be made to fail from here' },
  snapshot: { notApplicable: 'the files of the server are out of reach' },
});
