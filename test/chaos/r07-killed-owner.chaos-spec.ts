import { performance } from 'node:perf_hooks';
import { ProjectionRunner } from '@flowledger/event-sourcing';
import { chaosCase } from './frame/chaos-case';
import { Child } from './support/child';
import { RunningTally } from './support/tally';
import { everyPlace } from './support/together';
import { until, watched } from './support/watched';

const leaseMilliseconds = 3_000;
const consumer = ProjectionRunner.consumer;

chaosCase(
  'R7',
  'a killed owner is replaced within one lease; while nobody works health is red, and each denied claim is told',
  everyPlace,
  (open) => {
    it('SIGKILL: the next owner goes on where it was', async () => {
      const { place, exclusive, open: openHere } = await open();
      const killed = Child.start('follow.js', { place, owner: 'killed', leaseMilliseconds });
      await killed.says({ state: 'live' });
      if (!exclusive) {
        const { owner } = (await (await openHere()).readModels.consumers())[0]!.lease!;
        expect(owner).toBe('killed');
      }
      await killed.kill();
      const killedAt = performance.now();
      const stores = await openHere();
      const heir = await RunningTally.start(stores, { owner: 'heir', leaseMilliseconds });
      await heir.ready();
      const took = performance.now() - killedAt;
      await heir.upToDate();
      const tally = (await heir.of(`${place.category}killed`))!;
      expect(tally.count).toBeGreaterThanOrEqual(Number(killed.last('appended')));
      expect(tally.outOfOrder).toBe(0);
      const [record] = await stores.readModels.consumers();
      expect(record!.lease).toMatchObject({ owner: 'heir', epoch: 2 });
      // One lease, the pause between two claims, and what a busy machine takes to begin.
      expect(took).toBeLessThan(2 * leaseMilliseconds);
    });

    it('health is red while nobody owns them, and claims that are denied are counted and told', async () => {
      const stores = await (await open()).open();
      const { readModels } = stores;
      await readModels.claim(consumer, 'killed', 50);
      const heir: { runner?: ProjectionRunner } = {};
      const { denied, monitor, red } = await watched(stores, { local: () => heir.runner?.report() ?? {} });
      await until(() => red().includes('owner'));
      expect(monitor.signals().consumers[0]).not.toHaveProperty('owner');
      await readModels.claim(consumer, 'another', 5_000);
      await until(() => monitor.signals().consumers[0]!.owner === 'another');
      heir.runner = (await RunningTally.start(stores, { owner: 'heir', leaseMilliseconds: 300 })).runner;
      await until(() => denied.times > 0);
      await until(() => red().length === 0 && monitor.signals().consumers[0]!.owner === 'heir');
    });
  },
);
