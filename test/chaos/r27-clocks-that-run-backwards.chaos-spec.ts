import { Clock, comparePositions } from '@flowledger/event-sourcing';
import { collect, newCategory } from '@flowledger/event-sourcing/testing';
import { chaosCase, notApplicable } from './frame/chaos-case';
import { bothModes, bothProfiles } from './support/everywhere';
import { connectedTo, embedded, embeddedReadModels, fakeServer, onMongo } from './support/stores';
import type { OpenStores } from './support/stores';
import { RunningTally } from './support/tally';
import { written } from './support/written';

const hour = 3_600_000;

/** An hour earlier each time it is asked. */
class BackwardsClock extends Clock {
  private time = Date.UTC(2026, 0, 1);

  override epochMilliseconds(): number {
    return (this.time -= hour);
  }
}

/** The server notes when it wrote an event, by a clock that runs backwards. */
const onBackwardsServer =
  (profile: 'legacy' | 'modern'): OpenStores =>
  async () => {
    const server = await fakeServer({ profile });
    const clock = new BackwardsClock();
    const append = server.log.append.bind(server.log);
    server.log.append = (...given) => {
      const now = jest.spyOn(Date, 'now').mockImplementation(() => clock.epochMilliseconds());
      try {
        return append(...given);
      } finally {
        now.mockRestore();
      }
    };
    return {
      category: newCategory(),
      events: await connectedTo(server.connectionString),
      readModels: await embeddedReadModels(),
    };
  };

const clocked =
  (open: OpenStores): OpenStores =>
  () =>
    open({ clock: new BackwardsClock() });

chaosCase(
  'R27',
  'order is by position: clocks that run backwards change nothing',
  {
    embedded: clocked(embedded),
    'EventStoreDB fake': bothProfiles(onBackwardsServer),
    'real EventStoreDB': notApplicable('the clock of a server named by URL is not ours to turn'),
    'MongoDB fake': bothModes((mode) => clocked(onMongo(mode))),
  },
  (open) => {
    it('neither for readers nor for projections', async () => {
      const stores = await open();
      const tally = await RunningTally.start(stores);
      const streams = await written(stores, { streams: 5, each: 20 });
      const log = await collect(stores.events.readAll());
      const positions = log.map(({ position }) => position);
      expect(positions).toEqual([...positions].sort(comparePositions));
      await tally.upToDate();
      await tally.stop();
      const again = await RunningTally.start(stores);
      await again.ready();
      for (const stream of streams)
        expect(await again.of(stream)).toMatchObject({ count: 20, outOfOrder: 0 });
    });
  },
);
