import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { storySuite } from '../e2e/support/story.suite';

const variable = 'FLOWLEDGER_MONGODB_URL';

/** In a database of its own, which is dropped in the end. */
storySuite('MongoDB, real server', async () => {
  const given = process.env[variable];
  if (!given)
    throw new Error(`${variable} is not set: give the connection string of a MongoDB to test against`);
  const url = new URL(given);
  url.pathname = `/flowledger-story-${randomUUID().slice(0, 8)}`;
  const environment = { FLOWLEDGER_READ_MODEL: 'mongodb', [variable]: url.href };
  const close = async () => {
    const client = await new MongoClient(url.href).connect();
    await client.db().dropDatabase();
    await client.close();
  };
  return { environment, close };
});
