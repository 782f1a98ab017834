import { FlowLogScene } from './flow-log-scene';
import type { ServiceUnderTest } from './story.suite';
import { numbersOf, range } from './traffic';

/** What operators do to one flow log. */
export function lifecycleSuite(service: ServiceUnderTest): void {
  describe('a flow log that is stopped by its operator', () => {
    it('records nothing until it is started again', async () => {
      const scene = await FlowLogScene.set(service().api);
      await scene.import(0, 2);
      expect(await scene.order('stop')).toMatchObject({ delivery: { state: 'Idle', reason: 'NotStarted' } });
      await scene.untilStatus('Inactive');
      await expect(scene.order('stop')).rejects.toMatchObject({ status: 409 });
      expect(await scene.import(2, 4)).toMatchObject({ packets: 2, entries: 0 });
      await scene.order('start');
      await scene.untilStatus('Active');
      await scene.import(4, 6);
      expect(numbersOf(await scene.entries())).toEqual([0, 1, 4, 5]);
    });
  });

  describe('a flow log that is deleted', () => {
    it('is gone, and its entries stay readable', async () => {
      const { api } = service();
      const scene = await FlowLogScene.set(api);
      await scene.import(0, 3);
      expect(await api.delete(scene.path)).toMatchObject({ status: 'Deleting' });
      await scene.untilGone();
      expect(numbersOf(await scene.entries())).toEqual(range(0, 3));
      expect(await scene.import(3, 5)).toMatchObject({ entries: 0 });
      await scene.createFlowLog();
    });
  });

  describe('a change of the interval', () => {
    it('is refused for anything but 1, 5 and 10 minutes, and shows when it is taken up', async () => {
      const { api } = service();
      const scene = await FlowLogScene.set(api);
      await expect(api.call('PATCH', scene.path, { aggregationInterval: 60 })).rejects.toMatchObject({
        status: 422,
      });
      expect(await api.call('PATCH', scene.path, { aggregationInterval: 5 })).toMatchObject({
        status: 'Modifying',
        aggregationInterval: 5,
      });
      await scene.untilStatus('Active');
    });
  });
}
