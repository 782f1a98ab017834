import { newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase, notApplicable } from './frame/chaos-case';
import { deletingFake, deletingServer } from './support/deleting';
import { bothProfiles, holdsNoLog, onRealServer } from './support/everywhere';
import { embeddedReadModels } from './support/stores';
import { RunningTally } from './support/tally';

chaosCase(
  'R46',
  'deletions and a scavenge change no projection, whether it is live, resumed or built anew',
  {
    embedded: notApplicable('it neither deletes nor scavenges'),
    'EventStoreDB fake': bothProfiles(deletingFake),
    'real EventStoreDB': onRealServer(deletingServer),
    'MongoDB fake': holdsNoLog,
  },
  (open) => {
    it('the streams that are left look the same before and after', async () => {
      const stores = await open();
      const names = Array.from({ length: 8 }, (_, n) => `${stores.category}${n}`);
      const kept = names.filter((_, n) => n % 2 === 0);
      const folded = (tally: RunningTally) => Promise.all(kept.map((name) => tally.of(name)));
      for (const name of names) await stores.events.append(name, 'no-stream', newEvents(10));
      const live = await RunningTally.start(stores);
      await live.ready();
      await live.upToDate();
      const before = await folded(live);
      expect(before).toEqual(kept.map((stream) => ({ stream, count: 10, outOfOrder: 0 })));

      for (const [n, name] of names.entries())
        if (!kept.includes(name)) await (n % 4 === 1 ? stores.softDelete(name) : stores.tombstone(name));
      await live.upToDate();
      expect(await folded(live)).toEqual(before);
      await live.stop();
      await stores.scavenge();

      const resumed = await RunningTally.start(stores);
      await resumed.ready();
      expect(await folded(resumed)).toEqual(before);
      expect(resumed.failures).toEqual([]);
      const anew = await RunningTally.start({ ...stores, readModels: await embeddedReadModels() });
      await anew.ready();
      await anew.upToDate();
      expect(await folded(anew)).toEqual(before);
    });
  },
);
