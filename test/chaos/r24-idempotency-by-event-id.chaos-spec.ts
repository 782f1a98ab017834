import type { EventStore } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import type { EventStoreHarness } from '@flowledger/event-sourcing/testing';
import {
  idempotencyContract,
  weakIdempotencyContract,
} from '../../libs/event-sourcing/testing/event-store.idempotency.contract';
import { chaosCase } from './frame/chaos-case';
import { bothProfiles, holdsNoLog, onRealServer } from './support/everywhere';
import { connectedTo, fakeServer, temporaryDirectory } from './support/stores';

type Harness = EventStoreHarness;
const notAsked = { notApplicable: 'not asked here' };
const only = { states: notAsked, drop: notAsked, snapshot: notAsked };

const embeddedHarness = (): Harness => {
  let directory = '';
  return {
    ...only,
    open: () => EmbeddedEventStore.open({ directory: (directory = temporaryDirectory()) }),
    reopen: async (store) => {
      await store.close();
      return EmbeddedEventStore.open({ directory });
    },
    weakIdempotencySurvivesRestart: true,
  };
};

const fakeHarness = (profile: 'legacy' | 'modern'): Harness => {
  let server: Awaited<ReturnType<typeof fakeServer>>;
  return {
    ...only,
    open: async () => connectedTo((server = await fakeServer({ profile })).connectionString),
    reopen: async (store) => {
      await store.close();
      await server.restart();
      return connectedTo(server.connectionString);
    },
    weakIdempotencySurvivesRestart: false,
  };
};

const serverHarness = (url: string): Harness => ({
  ...only,
  open: () => connectedTo(url),
  reopen: async (store) => {
    await store.close();
    return connectedTo(url);
  },
  weakIdempotencySurvivesRestart: { notApplicable: 'the server is not restarted here' },
});

chaosCase(
  'R24',
  'event ids mean what C4, C5 and C6 of the contract say, on every log',
  {
    embedded: embeddedHarness(),
    'EventStoreDB fake': bothProfiles(fakeHarness),
    'real EventStoreDB': onRealServer(serverHarness),
    'MongoDB fake': holdsNoLog,
  },
  (harness) => {
    let store: EventStore;
    beforeEach(async () => (store = await harness.open()));
    afterEach(() => store.close());
    const context = {
      harness,
      store: () => store,
      restart: async () => (store = await harness.reopen(store)),
      use: (next: EventStore) => (store = next),
    };
    idempotencyContract(context);
    weakIdempotencyContract(context);
  },
);
