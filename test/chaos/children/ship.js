// Runs a process manager whose effect for the order `stuck` takes place and is never acknowledged: to be killed then.
const { ship, shippingOf } = require('./effect');
const { lib, openPlace } = require('./stores');

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

async function main() {
  const { place, leaseMilliseconds } = JSON.parse(process.argv[2]);
  const { events, readModels } = await openPlace(place);
  const { AggregateStore, SystemClock } = lib('event-sourcing');
  const runtime = new (lib('process-managers').ProcessManagerRuntime)({
    events,
    readModels,
    aggregates: new AggregateStore(events),
    clock: new SystemClock(),
    processes: [shippingOf(place.category)],
    owner: 'killed',
    leaseMilliseconds,
    readModelsReached: async () => undefined,
    onFailure: (error) => say({ failure: String(error) }),
    send: async (command) => {
      await ship(events, place.category, command);
      say({ shipped: command.order });
      if (command.order === 'stuck') await new Promise(() => undefined);
    },
  });
  await readModels.define(
    lib('process-managers')
      .processProjections('x')
      .map(({ readModel }) => readModel),
  );
  runtime.start();
}

void main();
