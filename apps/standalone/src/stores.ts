import { upcasters } from '@flowledger/event-catalogue';
import { SystemClock, UpcastingEventStore } from '@flowledger/event-sourcing';
import type { Clock, EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EventStoreDbEventStore } from '@flowledger/event-store-eventstoredb';
import { EmbeddedLogStore } from '@flowledger/log-store';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { MongoReadModelStore } from '@flowledger/read-model-mongodb';
import type { Config } from './config';

export interface Stores {
  readonly clock: Clock;
  /** Gives every event in its current shape; `stored` is the log as it was written. */
  readonly events: UpcastingEventStore;
  readonly readModels: ReadModelStore;
  readonly logStore: EmbeddedLogStore;
}

/** Opens what the configuration names. The log store comes first: it owns the data directory whatever the others are. */
export async function openStores(config: Config, clock: Clock = new SystemClock()): Promise<Stores> {
  const { dataDirectory: directory, limits } = config;
  const opened: { close(): Promise<void> }[] = [];
  const keep = async <Store extends { close(): Promise<void> }>(opening: Promise<Store>): Promise<Store> => {
    const store = await opening;
    opened.unshift(store);
    return store;
  };
  try {
    const logStore = await keep(EmbeddedLogStore.open({ directory, limits, clock }));
    const stored = await keep<EventStore>(
      config.eventStore.kind === 'embedded'
        ? EmbeddedEventStore.open({ directory, clock })
        : EventStoreDbEventStore.connect({ connectionString: config.eventStore.url }),
    );
    const readModels = await keep<ReadModelStore>(
      config.readModel.kind === 'embedded'
        ? EmbeddedReadModelStore.open({ directory })
        : MongoReadModelStore.connect({ url: config.readModel.url }),
    );
    return { clock, logStore, events: new UpcastingEventStore(stored, upcasters), readModels };
  } catch (error) {
    for (const store of opened) await store.close();
    throw error;
  }
}

export async function closeStores({ events, readModels, logStore }: Stores): Promise<void> {
  await events.close();
  await readModels.close();
  await logStore.close();
}
