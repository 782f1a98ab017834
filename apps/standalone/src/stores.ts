import { applyErasures, EmbeddedKeyStore, ErasableEventStore } from '@flowledger/erasure';
import type { KeyStore } from '@flowledger/erasure';
import { upcasters } from '@flowledger/event-catalogue';
import { SystemClock } from '@flowledger/event-sourcing';
import { UpcastingEventStore } from '@flowledger/event-store-upcasting';
import type { Clock, EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EventStoreDbEventStore } from '@flowledger/event-store-eventstoredb';
import { EmbeddedLogStore } from '@flowledger/log-store';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { firstGeneration, generationalNames, GenerationView } from '@flowledger/projection-generations';
import { MongoReadModelStore } from '@flowledger/read-model-mongodb';
import type { Config } from './config';
import { foldedReadModels } from './projections';

export interface Stores {
  readonly clock: Clock;
  /** The log as it is stored: what hashes, copies or verifies it reads this. */
  readonly log: EventStore;
  readonly keys: KeyStore;
  /** The log as everybody else sees it: personal data opened, every event in its current shape. */
  readonly events: EventStore;
  /** Read models as they are stored, all generations of them. */
  readonly stored: ReadModelStore;
  /** As everybody else sees them: the generation that serves. */
  readonly readModels: GenerationView;
  /** Only where the data plane is. */
  readonly logStore?: EmbeddedLogStore;
}

/** Opens what the configuration names. The log store comes first: it owns the data directory whatever the others are. */
export async function openStores(config: Config, clock: Clock = new SystemClock()): Promise<Stores> {
  const { dataDirectory: directory, keyDirectory, limits, role } = config;
  const opened: { close(): Promise<void> }[] = [];
  const keep = async <Store extends { close(): Promise<void> }>(opening: Promise<Store>): Promise<Store> => {
    const store = await opening;
    opened.unshift(store);
    return store;
  };
  try {
    const hasLogStore = role === 'all' || role === 'collector';
    const logStore = hasLogStore && (await keep(EmbeddedLogStore.open({ directory, limits, clock })));
    const log = await keep<EventStore>(
      config.eventStore.kind === 'embedded'
        ? EmbeddedEventStore.open({ directory, clock })
        : EventStoreDbEventStore.connect({
            connectionString: config.eventStore.url,
            client: config.eventStore.client,
          }),
    );
    const stored = await keep<ReadModelStore>(
      config.readModel.kind === 'embedded'
        ? EmbeddedReadModelStore.open({ directory })
        : MongoReadModelStore.connect({ url: config.readModel.url }),
    );
    const keys = await keep<KeyStore>(
      Promise.resolve(EmbeddedKeyStore.open(keyDirectory, { shared: role !== 'all' })),
    );
    await applyErasures(log, keys);
    const events = new UpcastingEventStore(new ErasableEventStore(log, keys), upcasters);
    const names = generationalNames(foldedReadModels);
    const readModels = new GenerationView(stored, names, firstGeneration);
    return { clock, ...(logStore && { logStore }), log, keys, events, stored, readModels };
  } catch (error) {
    for (const store of opened) await store.close();
    throw error;
  }
}

export async function closeStores({ log, keys, readModels, logStore }: Stores): Promise<void> {
  await log.close();
  await keys.close();
  await readModels.close();
  await logStore?.close();
}
