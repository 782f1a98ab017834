// Loaded before the service (`node --require`): the process is killed as soon as so many appends are durable, before
// anybody hears of the last one. KILL_AFTER_APPENDS holds the number; or KILL_AFTER_EVENT an event type, and the first
// event of it to become durable is the last thing that the process does.
const { join } = require('node:path');
const { EmbeddedEventStore } = require(
  join(__dirname, '../../../dist/libs/event-store-embedded/src/embedded-event-store.js'),
);

const { KILL_AFTER_APPENDS, KILL_AFTER_EVENT } = process.env;
let left = Number(KILL_AFTER_APPENDS ?? Infinity);
const { append } = EmbeddedEventStore.prototype;

EmbeddedEventStore.prototype.append = async function (...given) {
  const result = await append.apply(this, given);
  const [, , events] = given;
  if (--left === 0 || events.some(({ type }) => type === KILL_AFTER_EVENT))
    process.kill(process.pid, 'SIGKILL');
  return result;
};
