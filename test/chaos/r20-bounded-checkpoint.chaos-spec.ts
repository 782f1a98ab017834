import { formatPosition, ProjectionRunner } from '@flowledger/event-sourcing';
import type { ReadModelStore } from '@flowledger/event-sourcing';
import { chaosCase, Variants } from './frame/chaos-case';
import { bothProfiles, onRealServer } from './support/everywhere';
import { embedded, onFake, onMongo, onServer } from './support/stores';
import type { OpenStores } from './support/stores';
import { RunningTally } from './support/tally';
import { scaled, written } from './support/written';

/** Bytes; a record has two positions, two ids, an owner and a report. */
const ceiling = 4_096;
/** Digits of the positions may grow. */
const slack = 64;

const sized = (size: number) => (open: OpenStores) => ({ open, size });

/** What is stored of the consumer: checkpoint, lease and report. */
async function sizeOf(readModels: ReadModelStore): Promise<number> {
  const all = await readModels.consumers();
  const record = all.find(({ consumer }) => consumer === ProjectionRunner.consumer);
  return JSON.stringify(record, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
    .length;
}

chaosCase(
  'R20',
  'what is stored of a consumer does not grow: after a million events (fakes and MongoDB: 20,000) as after a thousand',
  {
    embedded: sized(1_000_000)(embedded),
    'EventStoreDB fake': bothProfiles((profile) => sized(20_000)(onFake(profile))),
    'real EventStoreDB': onRealServer((url) => sized(100_000)(onServer(url))),
    'MongoDB fake': new Variants({
      'replica set': sized(20_000)(onMongo('replica set')),
      standalone: sized(20_000)(onMongo('standalone')),
    }),
  },
  ({ open, size }) => {
    it('checkpoint, lease and report together', async () => {
      const stores = await open();
      const sizes: number[] = [];
      for (const [round, events] of [1_000, scaled(size)].entries()) {
        await written(
          { ...stores, category: `${stores.category}${round}-` },
          { streams: 20, each: events / 20, perAppend: 250 },
        );
        const tally = await RunningTally.start(stores, { leaseMilliseconds: 300 });
        await tally.ready();
        await tally.upToDate(300_000);
        // The report comes with the next extension of the lease.
        const position = formatPosition(tally.runner.position!);
        for (;;) {
          const [record] = await stores.readModels.consumers();
          if (record?.report?.['position'] === position) break;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        sizes.push(await sizeOf(stores.readModels));
        await tally.stop();
      }
      expect(sizes[1]).toBeLessThanOrEqual(sizes[0]! + slack);
      expect(sizes[1]).toBeLessThan(ceiling);
    }, 400_000);
  },
);
