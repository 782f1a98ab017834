import { FakeEventStore } from '../../../libs/event-store-eventstoredb/testing/fake-event-store';
import { FakeMongoServer } from '../../../libs/read-model-mongodb/testing';

/** One store in a process of its own, kept in memory: tells its address, lives as long as its parent. */
const stores: Readonly<Record<string, () => Promise<string>>> = {
  events: async () => (await FakeEventStore.start()).connectionString,
  documents: async () => (await FakeMongoServer.start('replica set')).url,
};

void stores[process.argv[2]!]!().then((address) => process.send!(address));
process.on('disconnect', () => process.exit());
