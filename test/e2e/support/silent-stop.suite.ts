import { doors } from './doors';
import { FlowLogScene } from './flow-log-scene';
import type { ServiceUnderTest } from './story.suite';
import { numbersOf, range } from './traffic';

/** The silent stop: label SUCCESS, nothing delivered, and what it takes to get everything back. */
export function silentStopSuite(service: ServiceUnderTest): void {
  describe.each(doors)('the story by $name', ({ open }) => {
    it('goes from a capture to a silent stop and back, in order, none missing, none twice', async () => {
      const scene = new FlowLogScene(service().api);
      const door = open(service().api, scene.names);
      await door.build();
      scene.flowLogId = await door.createFlowLog();
      await scene.untilStatus('Active');
      const [first, second] = scene.names.interfaces;
      expect(await scene.import(0, 5)).toMatchObject({ packets: 5, flows: 5, entries: 5, skipped: {} });
      expect(await scene.import(5, 8, second)).toMatchObject({ entries: 3 });
      expect(numbersOf(await door.entries())).toEqual(range(0, 8));

      await door.deleteLogstore();
      const stopped = await scene.untilDelivery({
        deliverStatus: 'SUCCESS',
        deliverErrorMessage: '',
        delivery: { state: 'Stopped', reason: 'LogstoreDeleted', since: expect.any(String) as string },
      });
      expect(Date.now() - Date.parse(stopped.delivery.since)).toBeLessThan(60_000);
      // Two interfaces, and later packets first: the backfill must still be in order.
      await scene.import(12, 20, second);
      await scene.import(8, 12, first);
      const waiting = await scene.delivery();
      expect(waiting.spooledEntries).toBeGreaterThanOrEqual(12);
      expect(waiting.delivery).toMatchObject({
        state: 'Stopped',
        spooledEntries: waiting.spooledEntries,
        oldestSpooledWindow: '2024-07-12T12:08:00.000Z',
      });
      expect(await scene.flowLog()).toMatchObject({
        status: 'Active',
        deliverStatus: 'SUCCESS',
        delivery: { state: 'Stopped', since: stopped.delivery.since, reason: 'LogstoreDeleted' },
      });

      expect(await door.startRefused()).toBe('TargetMissing');
      await door.createLogstore();
      await door.startFlowLog();
      await scene.untilDelivery({ delivery: { state: 'Delivering', reason: '' }, spooledEntries: 0 });
      // The new logstore is another one and empty: it holds what waited, with the times of the packets.
      expect(numbersOf(await door.entries())).toEqual(range(8, 20));
      await scene.import(20, 22);
      expect(numbersOf(await door.entries())).toEqual(range(8, 22));
    });
  });

  describe('a running flow log whose project is deleted', () => {
    it('stops as silently, and comes back with project, logstore and start', async () => {
      const { api } = service();
      const scene = await FlowLogScene.set(api);
      await scene.import(0, 2);
      await scene.deleteProject();
      await scene.untilDelivery({
        deliverStatus: 'SUCCESS',
        delivery: { state: 'Stopped', reason: 'ProjectDeleted' },
      });
      await scene.import(2, 5);
      await expect(scene.order('start')).rejects.toMatchObject({ status: 409, code: 'TargetMissing' });
      await api.post('/projects', scene.names.project);
      await expect(scene.order('start')).rejects.toMatchObject({ status: 409, code: 'TargetMissing' });
      await scene.createLogstore();
      await scene.order('start');
      await scene.untilDelivery({ delivery: { state: 'Delivering' }, spooledEntries: 0 });
      expect(numbersOf(await scene.entries())).toEqual(range(2, 5));
    });
  });

  describe('a logstore that is deleted and created again at once', () => {
    it('stays silent until somebody starts the flow log (DD-28)', async () => {
      const scene = await FlowLogScene.set(service().api);
      await scene.deleteLogstore();
      await scene.createLogstore();
      await scene.untilDelivery({ deliverStatus: 'SUCCESS', delivery: { state: 'Stopped' } });
      await scene.import(0, 3);
      expect(await scene.delivery()).toMatchObject({ delivery: { state: 'Stopped' } });
      expect(await scene.entries()).toEqual([]);
      await scene.order('stop');
      await scene.untilStatus('Inactive');
      await scene.order('start');
      await scene.untilDelivery({ delivery: { state: 'Delivering' }, spooledEntries: 0 });
      expect(numbersOf(await scene.entries())).toEqual(range(0, 3));
    });
  });
}
