import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import { newCategory } from '@flowledger/event-sourcing/testing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EventStoreDbEventStore } from '@flowledger/event-store-eventstoredb';
import type { EventStoreDbOptions } from '@flowledger/event-store-eventstoredb';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { MongoReadModelStore } from '@flowledger/read-model-mongodb';
import { FakeEventStore } from '../../../libs/event-store-eventstoredb/testing';
import type { FakeEventStoreOptions } from '../../../libs/event-store-eventstoredb/testing';
import { FakeMongoServer } from '../../../libs/read-model-mongodb/testing';
import { afterThisTest } from '../frame/clean-up';
import { OfCategory } from './of-category';

/** A log and the read models folded from it. Streams of a test begin with `category`: a real server is not empty. */
export interface Stores {
  readonly category: string;
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
}
/** Opens empty stores, which are closed after the test. */
export type OpenStores = (options?: { readonly clock?: Clock }) => Promise<Stores>;

/** Short probes, so that silence is noticed within a test; what ends a test outlasts a busy machine. */
export const promptTimers = {
  connectTimeoutMs: 10_000,
  appendTimeoutMs: 30_000,
  appendAttemptTimeoutMs: 2_000,
  readTimeoutMs: 10_000,
  subscribeTimeoutMs: 10_000,
  catchUpProbeMs: 200,
  idleProbeMs: 200,
  settleTimeoutMs: 200,
} satisfies Partial<EventStoreDbOptions>;

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'flowledger-chaos-'));
  afterThisTest(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export async function embeddedLog(clock?: Clock): Promise<EmbeddedEventStore> {
  const store = await EmbeddedEventStore.open({ directory: temporaryDirectory(), ...(clock && { clock }) });
  afterThisTest(() => store.close());
  return store;
}

export async function embeddedReadModels(): Promise<EmbeddedReadModelStore> {
  const store = await EmbeddedReadModelStore.open({ directory: temporaryDirectory() });
  afterThisTest(() => store.close());
  return store;
}

export async function fakeServer(options: FakeEventStoreOptions = {}): Promise<FakeEventStore> {
  const server = await FakeEventStore.start(options);
  afterThisTest(() => server.stop());
  return server;
}

export async function connectedTo(
  connectionString: string,
  timers: Partial<EventStoreDbOptions> = {},
): Promise<EventStoreDbEventStore> {
  const store = await EventStoreDbEventStore.connect({ connectionString, ...promptTimers, ...timers });
  afterThisTest(() => store.close());
  return store;
}

export const embedded: OpenStores = async ({ clock } = {}) => ({
  category: newCategory(),
  events: await embeddedLog(clock),
  readModels: await embeddedReadModels(),
});

export const onFake =
  (profile: 'legacy' | 'modern'): OpenStores =>
  async () => ({
    category: newCategory(),
    events: await connectedTo((await fakeServer({ profile })).connectionString),
    readModels: await embeddedReadModels(),
  });

export const onMongo =
  (mode: 'replica set' | 'standalone'): OpenStores =>
  async ({ clock } = {}) => ({
    category: newCategory(),
    events: await embeddedLog(clock),
    readModels: await mongoReadModels(await mongoServer(mode)),
  });

export async function mongoServer(mode: 'replica set' | 'standalone'): Promise<FakeMongoServer> {
  const server = await FakeMongoServer.start(mode);
  afterThisTest(() => server.stop());
  return server;
}

export async function mongoReadModels({ url }: { readonly url: string }): Promise<MongoReadModelStore> {
  const store = await MongoReadModelStore.connect({ url, database: 'chaos' });
  afterThisTest(() => store.close());
  return store;
}

export const onServer =
  (connectionString: string): OpenStores =>
  async () => {
    const category = newCategory();
    return {
      category,
      events: new OfCategory(await connectedTo(connectionString), category),
      readModels: await embeddedReadModels(),
    };
  };
