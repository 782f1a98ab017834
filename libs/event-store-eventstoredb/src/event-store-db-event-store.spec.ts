import { eventStoreContract } from '@flowledger/event-sourcing/testing';
import { FakeEventStore } from '../testing';
import type { FakeProfile } from '../testing';
import { EventStoreDbEventStore } from './event-store-db-event-store';

const connectTo = ({ connectionString }: FakeEventStore) =>
  EventStoreDbEventStore.connect({ connectionString, catchUpProbeMs: 200 });

describe.each<FakeProfile>(['legacy', 'modern'])('on a %s server', (profile) => {
  const servers = new Map<EventStoreDbEventStore, FakeEventStore>();
  const open = async (server: FakeEventStore): Promise<EventStoreDbEventStore> => {
    const store = await connectTo(server);
    servers.set(store, server);
    return store;
  };

  eventStoreContract<EventStoreDbEventStore>(`EventStoreDB, ${profile} fake`, {
    open: async () => open(await FakeEventStore.start({ profile })),
    close: async (store) => {
      await store.close();
      servers.get(store)?.stop();
      servers.delete(store);
    },
    reopen: async (store) => {
      const server = servers.get(store)!;
      await store.close();
      servers.delete(store);
      await server.restart();
      return open(server);
    },
    weakIdempotencySurvivesRestart: false,
    states: {
      setMetadata: async (store, stream, { maxCount, truncateBefore }) =>
        servers.get(store)!.log.setMetadata(stream, { $maxCount: maxCount, $tb: truncateBefore }),
      softDelete: async (store, stream) => servers.get(store)!.log.softDelete(stream),
      tombstone: async (store, stream) => servers.get(store)!.log.tombstone(stream),
      appendForeign: async (store, stream, type, data) =>
        servers.get(store)!.log.appendForeign(stream, type, data),
    },
    drop: (store) => servers.get(store)!.dropSubscriptions(),
    snapshot: async (store) => {
      const server = servers.get(store)!;
      const length = server.log.all.length;
      return async () => {
        await store.close();
        servers.delete(store);
        server.log.restoreTo(length);
        await server.restart();
        return open(server);
      };
    },
  });
});
