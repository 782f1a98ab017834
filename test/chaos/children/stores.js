const { join } = require('node:path');
const lib = (name) => require(join(__dirname, `../../../dist/libs/${name}/src/index.js`));

/** Opens what a `Place` names, as a process of its own. */
async function openPlace({ log, readModels }) {
  return {
    events:
      'directory' in log
        ? await lib('event-store-embedded').EmbeddedEventStore.open(log)
        : await lib('event-store-eventstoredb').EventStoreDbEventStore.connect(log),
    readModels:
      'directory' in readModels
        ? await lib('read-model-embedded').EmbeddedReadModelStore.open(readModels)
        : await lib('read-model-mongodb').MongoReadModelStore.connect(readModels),
  };
}

module.exports = { lib, openPlace };
