import type { ReadModel, ReadModelStore } from '../src';
import { logPosition, streamRevision } from '../src';
import type { ReadModelStoreHarness } from './read-model-store-samples';
import { alice, books, commitAt, put, readModels, shelves } from './read-model-store-samples';

export function rebuildContract(opened: () => Promise<ReadModelStore>, harness: ReadModelStoreHarness): void {
  describe('a store whose collections are dropped', () => {
    const only = (readModel: unknown) => [readModel] as readonly ReadModel<never>[];

    it('forgets the documents and the checkpoint of the consumer, and nothing else', async () => {
      const store = await opened();
      const book = { ...put('t', { title: 'T' }), readModel: books };
      await store.commit(commitAt(9, put('a', { label: 'A' }, 9), book));
      await store.commit({ ...commitAt(4), consumer: 'other' });
      await store.drop('librarian', only(shelves));
      await store.define(readModels);
      expect(await store.get(shelves, alice, 'a')).toBeUndefined();
      expect(await store.get(books, alice, 't')).toEqual({ title: 'T' });
      expect(await store.checkpoint('librarian')).toBeUndefined();
      expect(await store.checkpoint('other')).toEqual({ position: logPosition(4) });
      await store.close();
    });

    it('takes the same events again from the start', async () => {
      const store = await opened();
      await store.commit(commitAt(9, put('a', { label: 'A' }, 9)));
      await store.drop('librarian', only(shelves));
      await store.define(readModels);
      await store.commit(commitAt(1, put('a', { label: 'again' }, 1)));
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'again' });
      expect(await store.checkpoint('librarian')).toEqual({ position: logPosition(1) });
      await store.close();
    });

    it('keeps generations of a read model apart', async () => {
      const store = await opened();
      const second = { ...shelves, generation: 2 };
      await store.define([second]);
      await store.commit(
        commitAt(1, put('a', { label: 'blue' }), { ...put('a', { label: 'green' }), readModel: second }),
      );
      expect(await store.get(second, alice, 'a')).toEqual({ label: 'green' });
      await store.drop('nobody', [second]);
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'blue' });
      await expect(store.get(second, alice, 'a')).rejects.toThrow('define');
      await store.close();
    });

    it('can be dropped when there is nothing', async () => {
      const store = await opened();
      await store.drop('librarian', readModels);
      await store.drop('nobody', readModels);
      expect(await store.checkpoint('librarian')).toBeUndefined();
      await store.close();
    });
  });

  describe('a store that is closed and opened again', () => {
    it('has kept documents, order and checkpoint', async () => {
      const store = await opened();
      const lastEvent = { id: 'e1', stream: 's', revision: streamRevision(7), position: logPosition(3, 2) };
      const commit = commitAt(3, put('a', { label: 'A', size: 2 }, 3), put('b', { label: 'B', size: 1 }, 3));
      await store.commit({ ...commit, checkpoint: { position: logPosition(3), lastEvent } });
      await store.close();

      const again = await harness.reopen(store);
      await again.define(readModels);
      const sort = { by: 'size', direction: 'ascending' } as const;
      expect((await again.find(shelves, alice, { sort, limit: 5 })).items.map(({ label }) => label)).toEqual([
        'B',
        'A',
      ]);
      await again.commit({ ...commitAt(4, put('a', { label: 'stale' }, 3)), consumer: 'other' });
      expect(await again.get(shelves, alice, 'a')).toEqual({ label: 'A', size: 2 });
      expect(await again.checkpoint('librarian')).toEqual({ position: logPosition(3), lastEvent });
      await again.close();
    });

    it('may be closed twice', async () => {
      const store = await opened();
      await store.close();
      await store.close();
    });
  });
}
