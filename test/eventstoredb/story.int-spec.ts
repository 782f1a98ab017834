import { storySuite } from '../e2e/support/story.suite';

const variable = 'FLOWLEDGER_EVENTSTORE_URL';

/** The server is shared and not empty: every account, project and interface of the story has a random name. */
storySuite('EventStoreDB, real server', async () => {
  const url = process.env[variable];
  if (!url) {
    throw new Error(`${variable} is not set: give the connection string of an EventStoreDB to test against`);
  }
  const environment = { FLOWLEDGER_EVENT_STORE: 'eventstoredb', [variable]: url };
  return { environment, close: async () => undefined };
});
