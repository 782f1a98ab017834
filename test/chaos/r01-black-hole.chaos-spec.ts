import { chaosCase, notApplicable } from './frame/chaos-case';
import { cuttableFake, cuttableServer } from './support/behind-proxy';
import { bothProfiles, holdsNoLog, onRealServer } from './support/everywhere';
import { RunningTally } from './support/tally';

chaosCase(
  'R1',
  'a subscription whose connection dies without FIN or RST is noticed and replaced: nothing lost, nothing counted twice',
  {
    embedded: notApplicable('there is no connection between the service and its log'),
    'EventStoreDB fake': bothProfiles(cuttableFake),
    'real EventStoreDB': onRealServer(cuttableServer),
    'MongoDB fake': holdsNoLog,
  },
  (open) => {
    it('while live, again and again, also when the lost bytes arrive late', async () => {
      const stores = await open();
      const stream = `${stores.category}1`;
      const tally = await RunningTally.start(stores);
      await tally.ready();
      for (let round = 1; round <= 3; round++) {
        const { connections } = stores.proxy;
        stores.proxy.blackHole();
        await stores.writeElsewhere(stream, 5);
        await tally.counted(stream, 5 * round);
        expect(stores.proxy.connections).toBeGreaterThan(connections);
        stores.proxy.release();
        expect(await tally.of(stream)).toMatchObject({ count: 5 * round, outOfOrder: 0 });
      }
      expect(tally.failures.length).toBeGreaterThan(0);
    });
  },
);
