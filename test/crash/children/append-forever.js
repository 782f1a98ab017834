// Appends batches of three events until it is killed, and prints each acknowledged batch: "<stream> <id> <id> <id>".
const { randomUUID } = require('node:crypto');
const { writeSync } = require('node:fs');

const [, , compiled, directory] = process.argv;
const { EmbeddedEventStore } = require(compiled);

const newEvent = () => ({
  id: randomUUID(),
  type: 'ThingHappened',
  data: { text: 'x'.repeat(200) },
  metadata: {
    $correlationId: 'crash',
    $causationId: 'crash',
    actor: 'system:crash-test',
    accountId: '1',
    command: 'Crash',
    schemaVersion: 1,
  },
});

async function appendForever(store, stream) {
  for (;;) {
    const events = [newEvent(), newEvent(), newEvent()];
    await store.append(stream, 'any', events);
    writeSync(1, `${stream} ${events.map(({ id }) => id).join(' ')}\n`);
  }
}

EmbeddedEventStore.open({ directory }).then((store) => {
  for (let writer = 0; writer < 8; writer++) void appendForever(store, `crash-${writer}`);
});
