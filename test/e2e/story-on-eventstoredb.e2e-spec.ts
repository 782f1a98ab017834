import { FakeEventStore } from '../../libs/event-store-eventstoredb/testing';
import { storySuite } from './support/story.suite';

describe.each(['legacy', 'modern'] as const)('a server of the %s kind', (profile) => {
  storySuite('EventStoreDB', async () => {
    const fake = await FakeEventStore.start({ profile });
    const environment = {
      FLOWLEDGER_EVENT_STORE: 'eventstoredb',
      FLOWLEDGER_EVENTSTORE_URL: fake.connectionString,
    };
    return { environment, close: async () => fake.stop() };
  });
});
