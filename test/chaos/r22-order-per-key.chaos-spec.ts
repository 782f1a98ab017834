import { chaosCase } from './frame/chaos-case';
import { bothModes, onRealServer } from './support/everywhere';
import { embedded, onFake, onMongo, onServer } from './support/stores';
import type { OpenStores } from './support/stores';
import { RunningTally } from './support/tally';
import { scaled, written } from './support/written';

interface Soak {
  readonly open: OpenStores;
  readonly events: number;
}
const soak = (open: OpenStores, full: number): Soak => ({ open, events: scaled(full) });

chaosCase(
  'R22',
  'order per key holds over a million events (in the fakes, which hold all in memory, fewer)',
  {
    embedded: soak(embedded, 1_000_000),
    'EventStoreDB fake': soak(onFake('modern'), 20_000),
    'real EventStoreDB': onRealServer((url) => soak(onServer(url), 1_000_000)),
    'MongoDB fake': bothModes((mode) => soak(onMongo(mode), 20_000)),
  },
  ({ open, events }) => {
    it(`${events} events in 100 streams, half of them before and half while they are folded`, async () => {
      const stores = await open();
      const half = { streams: 50, each: Math.floor(events / 100), perAppend: 100 };
      const before = await written(stores, half);
      const tally = await RunningTally.start(stores);
      const live = await written({ ...stores, category: `${stores.category}live-` }, half);
      await tally.upToDate(300_000);
      for (const stream of [...before, ...live])
        expect(await tally.of(stream)).toMatchObject({ count: half.each, outOfOrder: 0 });
    }, 400_000);
  },
);
