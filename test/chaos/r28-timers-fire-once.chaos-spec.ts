import { ProcessManagerRuntime } from '@flowledger/process-managers';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { ShippingOf } from './support/shipping-of';
import { until } from './support/watched';

const past = '2020-01-01T00:00:00.000Z';

chaosCase(
  'R28',
  'a timer fires once however often the process is restarted, and a late one is recorded and does nothing',
  everyPair,
  (open) => {
    const reminded = async () => {
      const stores = await open();
      const desk = await ShippingOf.open(stores);
      desk.holds = false;
      await desk.order({ order: 'a', remindAt: past });
      await desk.start();
      await until(async () => (await desk.inputs('a')).length === 2);
      await desk.settled();
      return { stores, desk };
    };

    it('due during the downtime: once, although all of it is handled again', async () => {
      const { stores, desk } = await reminded();
      for (let restarts = 0; restarts < 3; restarts++) {
        await desk.stop();
        await stores.readModels.drop(ProcessManagerRuntime.consumer, []);
        await desk.start();
        await desk.settled();
      }
      expect(await desk.inputs('a')).toEqual(['Ordered', 'TimerFired']);
    });

    it('after the process has nothing more to do: a recorded step without commands', async () => {
      const { desk } = await reminded();
      const [, late] = await desk.stream('a');
      expect(late).toMatchObject({ data: { input: { type: 'TimerFired' }, commands: [], timers: [] } });
      expect(desk.effects).toHaveLength(1);
      expect(desk.failures).toEqual([]);
    });
  },
);
