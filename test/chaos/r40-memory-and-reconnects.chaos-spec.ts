import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { newCategory, SubscriptionReader } from '@flowledger/event-sourcing/testing';
import type { EventStore } from '@flowledger/event-sourcing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { bothProfiles, holdsNoLog, onRealServer } from './support/everywhere';
import { connectedTo, embeddedLog, fakeServer } from './support/stores';
import { scaled, written } from './support/written';

/** MiB of the old generation; a million events of 400 bytes would need several times as much. */
const ceiling = 96;
const reconnects = 1_000;

interface Replayed {
  readonly events: EventStore;
  readonly size: number;
  readonly category: string;
  /** Closes what this process has open, then tells the child where to read. */
  arguments(): Promise<readonly string[]>;
  /** Ends every subscription, as far as the adapter's other side can. */
  readonly drop?: () => void;
}

const embeddedReplay = async (): Promise<Replayed> => {
  const events = await embeddedLog();
  return {
    events,
    size: scaled(1_000_000),
    category: newCategory(),
    arguments: async () => {
      await events.close();
      return ['embedded', dirname(events.file)];
    },
  };
};
const fakeReplay = (profile: 'legacy' | 'modern') => async (): Promise<Replayed> => {
  const server = await fakeServer({ profile });
  return {
    events: await connectedTo(server.connectionString),
    size: scaled(20_000),
    category: newCategory(),
    arguments: async () => ['eventstoredb', server.connectionString],
    drop: () => server.dropSubscriptions(),
  };
};
const serverReplay = (url: string) => async (): Promise<Replayed> => {
  const category = newCategory();
  return {
    events: await connectedTo(url),
    size: scaled(1_000_000),
    category,
    arguments: async () => ['eventstoredb', url, category],
  };
};

chaosCase(
  'R40',
  `a replay of a million events (fakes: 20,000) keeps under ${ceiling} MiB of heap, and ${reconnects} reconnects leave nothing behind`,
  {
    embedded: embeddedReplay,
    'EventStoreDB fake': bothProfiles(fakeReplay),
    'real EventStoreDB': onRealServer(serverReplay),
    'MongoDB fake': holdsNoLog,
  },
  (open) => {
    it('reads the whole log under the ceiling', async () => {
      const log = await open();
      const { size } = log;
      await written(log, { streams: 20, each: Math.ceil(size / 20), perAppend: 250 });
      const child = spawn(
        process.execPath,
        [
          `--max-old-space-size=${ceiling}`,
          join(__dirname, 'children/replay.js'),
          ...(await log.arguments()),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let said = '';
      child.stdout.on('data', (data: Buffer) => (said += data.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      expect([code, said.trim()]).toEqual([0, `${Math.ceil(size / 20) * 20}`]);
    }, 400_000);

    it(`${reconnects} subscriptions that were dropped leave no handles and no listeners`, async () => {
      const { events, category, drop } = await open();
      const reconnect = async (): Promise<void> => {
        const reader = new SubscriptionReader(events, { streamPrefixes: [category] });
        afterThisTest(() => reader.stop());
        await reader.caughtUp();
        if (drop) drop();
        else await reader.stop();
        await reader.ended;
      };
      const left = () => ({
        handles: process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate').length,
        listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
      });
      for (let n = 0; n < 20; n++) await reconnect();
      const early = left();
      for (let n = 20; n < reconnects; n++) await reconnect();
      const late = left();
      expect(late.listeners).toBe(early.listeners);
      expect(late.handles).toBeLessThan(early.handles + 20);
    }, 200_000);
  },
);
