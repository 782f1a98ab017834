import { AggregateStore, SystemClock } from '@flowledger/event-sourcing';
import { collect, newEvent } from '@flowledger/event-sourcing/testing';
import { ProcessManagerRuntime, processProjections } from '@flowledger/process-managers';
import { ship, shippingOf } from './children/effect';
import { afterThisTest } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { Child } from './support/child';
import { everyPlace } from './support/together';
import { until } from './support/watched';

const leaseMilliseconds = 1_000;
const orders = ['a', 'stuck', 'b', 'c'];

chaosCase(
  'R32',
  'a worker killed between effect and acknowledgement: after the restart the effect has happened once, and nobody else waited',
  everyPlace,
  (open) => {
    it('SIGKILL with one effect unacknowledged', async () => {
      const { place, exclusive, open: openHere } = await open();
      const { category } = place;
      const ordered = orders.map((order) => newEvent({ type: 'Ordered', data: { order } }));
      const prepared = await openHere();
      await prepared.events.append(`${category}order-1`, 'no-stream', ordered);
      if (exclusive) for (const store of [prepared.events, prepared.readModels]) await store.close();
      const killed = Child.start('ship.js', { place, leaseMilliseconds });
      // The others are shipped while `stuck` waits for an acknowledgement that never comes.
      for (const shipped of orders) await killed.says({ shipped });
      await killed.kill();

      const { events, readModels } = exclusive ? await openHere() : prepared;
      await readModels.define(processProjections('x').map(({ readModel }) => readModel));
      const sent: string[] = [];
      const runtime = new ProcessManagerRuntime({
        events,
        readModels,
        aggregates: new AggregateStore(events),
        clock: new SystemClock(),
        processes: [shippingOf(category)],
        owner: 'heir',
        leaseMilliseconds,
        readModelsReached: async () => undefined,
        send: async (command) => {
          await ship(events, category, command);
          sent.push((command as unknown as { order: string }).order);
        },
      });
      afterThisTest(() => runtime.stop());
      runtime.start();
      await until(() => sent.includes('stuck'));
      const shipped = await collect(events.readAll({ streamPrefixes: [`${category}shipped-`] }));
      expect(shipped.map(({ stream }) => stream).sort()).toEqual(
        orders.map((order) => `${category}shipped-${order}`).sort(),
      );
    });
  },
);
