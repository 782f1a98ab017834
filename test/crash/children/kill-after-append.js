// Loaded before the service (`node --require`): the process is killed as soon as so many appends are durable, before
// anybody hears of the last one. KILL_AFTER_APPENDS holds the number.
const { join } = require('node:path');
const { EmbeddedEventStore } = require(
  join(__dirname, '../../../dist/libs/event-store-embedded/src/embedded-event-store.js'),
);

let left = Number(process.env.KILL_AFTER_APPENDS);
const { append } = EmbeddedEventStore.prototype;

EmbeddedEventStore.prototype.append = async function (...given) {
  const result = await append.apply(this, given);
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
  return result;
};
