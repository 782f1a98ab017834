// Follows the log as a worker does and appends to a stream of its own without end: to be killed and stopped meanwhile.
const { randomUUID } = require('node:crypto');
const { setTimeout: pause } = require('node:timers/promises');
const { lib, openPlace } = require('./stores');
const { tallyOf } = require('./tally-projection');

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

async function main() {
  const { place, owner, leaseMilliseconds } = JSON.parse(process.argv[2]);
  const { events, readModels } = await openPlace(place);
  const runner = new (lib('event-sourcing').ProjectionRunner)({
    events,
    readModels,
    projections: [tallyOf(place.category)],
    owner,
    leaseMilliseconds,
    backOff: { firstMilliseconds: 5, longestMilliseconds: 100 },
    onFailure: (error) => say({ failure: error.name }),
  });
  await runner.start();
  let state;
  for (let appended = 1; ; appended++) {
    const id = randomUUID();
    const metadata = { actor: 'token-1', accountId: '1000000000000001', command: 'C', schemaVersion: 1 };
    await events.append(`${place.category}${owner}`, 'any', [
      { id, type: 'T', data: {}, metadata: { ...metadata, $correlationId: id, $causationId: id } },
    ]);
    say({ appended });
    if (state !== runner.state) say({ state: (state = runner.state) });
    await pause(20);
  }
}

main().catch((error) => {
  say({ refused: error.name });
  process.exit(3);
});
