import { FakeMongoServer } from '../../libs/read-model-mongodb/testing';
import { storySuite } from './support/story.suite';

storySuite('MongoDB read models', async () => {
  const fake = await FakeMongoServer.start('replica set');
  const environment = { FLOWLEDGER_READ_MODEL: 'mongodb', FLOWLEDGER_MONGODB_URL: fake.url };
  return { environment, close: () => fake.stop() };
});
