import type { ReadModelStore } from '@flowledger/event-sourcing';
import { newCategory, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import { Generations } from './support/generations';
import { spelling, words } from './support/spelling';
import type { Stores } from './support/stores';
import { account } from './support/tally';
import { until } from './support/watched';
import { scaled, written } from './support/written';

chaosCase(
  'R39',
  'a rebuild of nothing, of one event and of one among 20,000 ends; nothing is left after finish, cancel or crash',
  everyPair,
  (open) => {
    const generationsOf = (stores: Stores) => Generations.start(stores, [spelling(stores.category)]);
    /** Of a consumer and its documents that are gone. */
    const expectNothingOf = async (consumer: string, generation: number, readModels: ReadModelStore) => {
      const consumers = (await readModels.consumers()).map((record) => record.consumer);
      expect(consumers).not.toContain(consumer);
      const readModel = generation === 1 ? words : { ...words, generation };
      expect(await readModels.scan(readModel, { limit: 1 }).catch(() => [])).toEqual([]);
    };

    it('an empty store, then one event', async () => {
      const stores = await open();
      const generations = await generationsOf(stores);
      const empty = await generations.rebuilt();
      expect(await generations.operator.compare(empty)).toMatchObject({ differing: 0 });
      await generations.dropped(empty);
      await stores.events.append(`${stores.category}1`, 'no-stream', newEvents(1));
      await generations.served();
      const one = await generations.rebuilt();
      expect(await generations.operator.compare(one)).toMatchObject({
        differing: 0,
        readModels: [{ candidate: 1 }],
      });
      await generations.operator.switchTo(one);
      await generations.serves(one);
      await generations.dropped(1);
      expect(await generations.worker.serving.count(words, account)).toBe(1);
      await expectNothingOf('projections', 1, stores.readModels);
    });

    it('one matching event among many of other types', async () => {
      const stores = await open();
      const many = scaled(20_000) / 10;
      await written({ ...stores, category: newCategory() }, { streams: 5, each: many, perAppend: 100 });
      await stores.events.append(`${stores.category}1`, 'no-stream', newEvents(1));
      await written({ ...stores, category: newCategory() }, { streams: 5, each: many, perAppend: 100 });
      const generations = await generationsOf(stores);
      expect(await generations.operator.compare(await generations.rebuilt())).toMatchObject({
        differing: 0,
        readModels: [{ serving: 1, candidate: 1 }],
      });
    });

    it('cancelled half built, and crashed while it is removed', async () => {
      const stores = await open();
      await written(stores, { streams: 5, each: 20, perAppend: 20 });
      const generations = await generationsOf(stores);
      const { generation } = await generations.operator.rebuild();
      await generations.dropped(generation);
      await expectNothingOf(`projections.g${generation}`, generation, stores.readModels);

      const again = await generations.rebuilt();
      await generations.worker.stop();
      let dropsTried = 0;
      const dying = new Proxy(stores.readModels, {
        get(target, member) {
          if (member === 'drop') return () => Promise.reject(new Error(`killed ${++dropsTried}`));
          const value: unknown = Reflect.get(target, member, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
      const killed = await generationsOf({ ...stores, readModels: dying });
      await killed.operator.untilReady(again);
      await killed.operator.drop(again);
      await until(() => dropsTried > 0);
      await killed.worker.stop();
      const next = await generationsOf(stores);
      await next.gone(again);
      await expectNothingOf(`projections.g${again}`, again, stores.readModels);
      expect(await next.rebuilt()).toBe(again);
    });
  },
);
