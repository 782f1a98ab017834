import { logPosition } from '@flowledger/event-sourcing';
import type { LogPosition, SubscribeOptions, SubscriptionMessage } from '@flowledger/event-sourcing';
import { newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase, notApplicable } from './frame/chaos-case';
import { Around } from './support/around';
import { bothModes, bothProfiles } from './support/everywhere';
import { connectedTo, embedded, embeddedReadModels, fakeServer, onMongo } from './support/stores';
import type { OpenStores, Stores } from './support/stores';
import { newCategory } from '@flowledger/event-sourcing/testing';
import { RunningTally } from './support/tally';

/** Gives out a checkpoint that no log can have, before anything else. */
class Nonsense extends Around {
  constructor(
    inner: Around['inner'],
    private readonly checkpoint: LogPosition,
  ) {
    super(inner);
  }

  override async *subscribe(options?: SubscribeOptions): AsyncGenerator<SubscriptionMessage> {
    yield { kind: 'checkpoint', position: this.checkpoint };
    yield* this.inner.subscribe(options);
  }
}

/** Opens stores on which each subscription begins with this checkpoint. */
type OpenWith = (checkpoint: bigint) => Promise<Stores>;
const fromThePort =
  (open: OpenStores): OpenWith =>
  async (checkpoint) => {
    const stores = await open();
    return { ...stores, events: new Nonsense(stores.events, logPosition(checkpoint)) };
  };
const fromTheServer =
  (profile: 'legacy' | 'modern'): OpenWith =>
  async (checkpoint) => {
    const server = await fakeServer({ profile });
    server.faults.bogusCheckpoint = checkpoint;
    return {
      category: newCategory(),
      events: await connectedTo(server.connectionString),
      readModels: await embeddedReadModels(),
    };
  };

chaosCase(
  'R11',
  'a checkpoint outside the log is no checkpoint: the stored one stays as it is',
  {
    embedded: fromThePort(embedded),
    'EventStoreDB fake': bothProfiles(fromTheServer),
    'real EventStoreDB': notApplicable('no server that is sound gives one out'),
    'MongoDB fake': bothModes((mode) => fromThePort(onMongo(mode))),
  },
  (openWith) => {
    it.each([
      ['2^64-1, as a server once sent', 2n ** 64n - 1n],
      ['a petabyte beyond the head', 2n ** 50n],
    ])('%s', async (_, checkpoint) => {
      const stores = await openWith(checkpoint);
      await stores.events.append(`${stores.category}1`, 'no-stream', newEvents(5));
      for (let life = 0; life < 2; life++) {
        const tally = await RunningTally.start(stores);
        await tally.ready();
        await tally.upToDate();
        expect(tally.runner.position).toEqual(await stores.events.head());
        expect(await tally.of(`${stores.category}1`)).toMatchObject({ count: 5, outOfOrder: 0 });
        await tally.stop();
      }
    });
  },
);
