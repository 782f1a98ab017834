import { randomUUID } from 'node:crypto';
import { readModelStoreContract } from '@flowledger/event-sourcing/testing';
import { MongoReadModelStore } from '@flowledger/read-model-mongodb';
import { MongoClient } from 'mongodb';

const url = () => {
  const found = process.env['FLOWLEDGER_MONGODB_URL'];
  if (!found) throw new Error('Set FLOWLEDGER_MONGODB_URL to the server these tests shall run against');
  return found;
};
const databases = new Map<unknown, string>();
const open = async (database = `flowledger-contract-${randomUUID().slice(0, 8)}`) => {
  const store = await MongoReadModelStore.connect({ url: url(), database });
  databases.set(store, database);
  return store;
};

beforeAll(async () => {
  const client = await new MongoClient(url(), { serverSelectionTimeoutMS: 5_000 }).connect();
  const { version } = await client.db('admin').command({ buildInfo: 1 });
  const { setName } = await client.db('admin').command({ hello: 1 });
  process.stdout.write(
    `MongoDB ${version}, ${setName ? `replica set ${setName}` : 'standalone or router'}\n`,
  );
  await client.close();
});

readModelStoreContract('MongoDB', {
  open: () => open(),
  reopen: (closed) => open(databases.get(closed)),
  async close() {
    const client = await new MongoClient(url()).connect();
    for (const database of new Set(databases.values())) await client.db(database).dropDatabase();
    await client.close();
  },
});
