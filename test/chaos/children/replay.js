// Reads a whole log and prints how many events it had: `replay.js embedded <directory>` or `replay.js eventstoredb <url> <category>`.
const { join } = require('node:path');
const lib = (name) => require(join(__dirname, `../../../dist/libs/${name}/src/index.js`));

async function main() {
  const [, , kind, where, category] = process.argv;
  const store =
    kind === 'embedded'
      ? await lib('event-store-embedded').EmbeddedEventStore.open({ directory: where })
      : await lib('event-store-eventstoredb').EventStoreDbEventStore.connect({ connectionString: where });
  let count = 0;
  for await (const { stream } of store.readAll()) count += category && !stream.startsWith(category) ? 0 : 1;
  process.stdout.write(`${count}\n`);
  await store.close();
}

void main();
