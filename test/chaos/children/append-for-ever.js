// Appends without end to the EventStoreDB at argv[2], many at once, and says so after each: to be killed meanwhile.
const { randomUUID } = require('node:crypto');
const { join } = require('node:path');
const { EventStoreDbEventStore } = require(
  join(__dirname, '../../../dist/libs/event-store-eventstoredb/src/index.js'),
);

const metadata = { actor: 'token-1', accountId: '1', command: 'C', schemaVersion: 1 };

async function main() {
  const store = await EventStoreDbEventStore.connect({ connectionString: process.argv[2] });
  for (;;) {
    const appends = Array.from({ length: 20 }, () => {
      const id = randomUUID();
      const event = {
        id,
        type: 'T',
        data: {},
        metadata: { ...metadata, $correlationId: id, $causationId: id },
      };
      return store.append(`other-${id}`, 'no-stream', [event]);
    });
    await Promise.all(appends);
    process.stdout.write('appended\n');
  }
}

void main();
