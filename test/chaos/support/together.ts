import { newCategory } from '@flowledger/event-sourcing/testing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { afterThisTest } from '../frame/clean-up';
import type { Cells } from '../frame/chaos-case';
import { bothModes, bothProfiles, onRealServer } from './everywhere';
import { OfCategory } from './of-category';
import {
  connectedTo,
  fakeServer,
  mongoReadModels,
  mongoServer,
  promptTimers,
  temporaryDirectory,
} from './stores';
import type { Stores } from './stores';

type Connection = { readonly connectionString: string } & typeof promptTimers;

/** Where a log and read models stand, for other processes to open. Plain JSON. */
export interface Place {
  readonly category: string;
  readonly log: { readonly directory: string } | Connection;
  readonly readModels: { readonly directory: string } | { readonly url: string; readonly database: string };
}

export interface Together {
  readonly place: Place;
  /** Whether only one process at a time can have it open. */
  readonly exclusive: boolean;
  /** In this process. */
  readonly open: () => Promise<Stores>;
}
export type OpenTogether = () => Promise<Together>;

const oneDirectory: OpenTogether = async () => {
  const directory = temporaryDirectory();
  const category = newCategory();
  return {
    place: { category, log: { directory }, readModels: { directory } },
    exclusive: true,
    open: async () => {
      const events = await EmbeddedEventStore.open({ directory });
      afterThisTest(() => events.close());
      const readModels = await EmbeddedReadModelStore.open({ directory });
      afterThisTest(() => readModels.close());
      return { category, events, readModels };
    },
  };
};

const onTwoServers = async (
  connectionString: string,
  mode: 'replica set' | 'standalone',
): Promise<Together> => {
  const server = await mongoServer(mode);
  // A killed owner may leave a transaction open, which locks the lease for as long as the server keeps it: by default 60 s.
  server.transactionLifetimeMilliseconds = 1_000;
  const { url } = server;
  const category = newCategory();
  return {
    place: {
      category,
      log: { connectionString, ...promptTimers },
      readModels: { url, database: 'chaos' },
    },
    exclusive: false,
    open: async () => ({
      category,
      events: new OfCategory(await connectedTo(connectionString), category),
      readModels: await mongoReadModels({ url }),
    }),
  };
};

/** The stores as several processes use them: a directory, or servers. The pair of servers is EventStoreDB and MongoDB. */
export const everyPlace: Cells<OpenTogether> = {
  embedded: oneDirectory,
  'EventStoreDB fake': bothProfiles(
    (profile) => async () => onTwoServers((await fakeServer({ profile })).connectionString, 'replica set'),
  ),
  'real EventStoreDB': onRealServer((url) => () => onTwoServers(url, 'replica set')),
  'MongoDB fake': bothModes((mode) => async () => onTwoServers((await fakeServer()).connectionString, mode)),
};
