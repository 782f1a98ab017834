import type { ReadModel, ReadModelStore } from '../src';
import { everyAccount } from '../src';
import type { Shelf } from './read-model-store-samples';
import { alice, bob, books, commitAt, put, readModels, shelves } from './read-model-store-samples';

export function documentsContract(opened: () => Promise<ReadModelStore>): void {
  describe('a store with documents', () => {
    let store: ReadModelStore;
    beforeEach(async () => {
      store = await opened();
    });
    afterEach(() => store.close());

    it('gives back what was committed', async () => {
      await store.commit(commitAt(1, put('a', { label: 'A', contents: [1, { deep: null }] })));
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'A', contents: [1, { deep: null }] });
    });

    it('has no document nobody wrote', async () => {
      expect(await store.get(shelves, alice, 'a')).toBeUndefined();
    });

    it('can be defined again without losing anything', async () => {
      await store.commit(commitAt(1, put('a', { label: 'A' })));
      await store.define(readModels);
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'A' });
    });

    it('starts a new version empty and leaves the old one', async () => {
      await store.commit(commitAt(1, put('a', { label: 'A' })));
      const next = { ...shelves, version: 2 };
      await store.define([next] as readonly ReadModel<never>[]);
      expect(await store.get(next, alice, 'a')).toBeUndefined();
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'A' });
    });

    it('lists by a field that was declared after the documents were written', async () => {
      await store.commit(commitAt(1, put('a', { label: 'A', contents: true }), put('b', { label: 'B' })));
      const wider: ReadModel<Shelf> = { ...shelves, fields: [...shelves.fields, 'contents'] };
      await store.define([wider] as readonly ReadModel<never>[]);
      const page = await store.find(wider, alice, { filter: { contents: true }, limit: 10 });
      expect(page.items).toEqual([{ label: 'A', contents: true }]);
    });

    it('keeps accounts apart', async () => {
      await store.commit(
        commitAt(1, put('a', { label: 'hers' }, 1, alice), put('a', { label: 'his' }, 1, bob)),
      );
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'hers' });
      expect(await store.get(shelves, bob, 'a')).toEqual({ label: 'his' });
      expect((await store.find(shelves, bob, { limit: 10 })).items).toEqual([{ label: 'his' }]);
      expect(await store.count(shelves, bob)).toBe(1);
      expect(await store.get(shelves, 'nobody', 'a')).toBeUndefined();
    });

    it('shows every account to the service itself', async () => {
      await store.commit(
        commitAt(1, put('b', { label: 'hers' }, 1, alice), put('a', { label: 'his' }, 1, bob)),
      );
      expect(await store.get(shelves, everyAccount, 'a')).toEqual({ label: 'his' });
      expect((await store.find(shelves, everyAccount, { limit: 10 })).items).toEqual([
        { label: 'his' },
        { label: 'hers' },
      ]);
      expect(await store.count(shelves, everyAccount)).toBe(2);
    });

    it('reads many keys in the order asked', async () => {
      await store.commit(
        commitAt(1, put('a', { label: 'A' }), put('b', { label: 'B' }), {
          ...put('t', { title: 'T' }),
          readModel: books,
        }),
      );
      const key = (id: string, readModel: ReadModel<never> = shelves, accountId = alice) => ({
        readModel,
        accountId,
        id,
      });
      expect(
        (
          await store.getMany([
            key('b'),
            key('gone'),
            key('t', books),
            key('a'),
            key('a', shelves, bob),
            key('b'),
          ])
        ).map((folded) => folded?.document),
      ).toEqual([{ label: 'B' }, undefined, { title: 'T' }, { label: 'A' }, undefined, { label: 'B' }]);
      expect(await store.getMany([])).toEqual([]);
    });

    it('tells the position of the last event folded into a document', async () => {
      const write = put('a', { label: 'A' }, 2n ** 60n + 1n);
      await store.commit(commitAt(2n ** 60n + 1n, write));
      const [folded] = await store.getMany([write]);
      expect(folded).toEqual({ document: { label: 'A' }, position: write.position });
    });

    it('keeps any JSON as it is', async () => {
      const document = {
        label: 'a.b$c "quoted" \\ 流量日志 😀 \u0000 end',
        contents: {
          'dotted.key': 1,
          $set: { $ref: 'x', $id: 1 },
          '$where.x': null,
          '~tilde': '~',
          ключ: [true, false, -1.5, 1e300, 2 ** 53, 'x'],
          '': { nested: [] },
        },
      };
      await store.commit(commitAt(1, put('流/a.b$', document)));
      expect(await store.get(shelves, alice, '流/a.b$')).toEqual(document);
      const page = await store.find(shelves, alice, { filter: { label: document.label }, limit: 1 });
      expect(page.items).toEqual([document]);
    });

    it('drops undefined members, as JSON does', async () => {
      await store.commit(commitAt(1, put('a', { label: undefined, contents: { x: undefined } })));
      expect(Object.keys((await store.get(shelves, alice, 'a'))!)).toEqual(['contents']);
      expect(await store.count(shelves, alice, { label: null })).toBe(1);
    });

    it('refuses a list or an object in a member declared as a field', async () => {
      const commit = store.commit(commitAt(1, put('ok', {}), put('a', { label: ['x'] })));
      await expect(commit).rejects.toThrow(TypeError);
      await expect(commit).rejects.toThrow(/shelves.*label/);
      expect(await store.count(shelves, alice)).toBe(0);
    });

    it('says so when a read model was never defined', async () => {
      const stranger = { name: 'stranger', version: 1, fields: [] };
      await expect(store.get(stranger, alice, 'a')).rejects.toThrow(/stranger.*define/);
    });

    it.each(['', '1st', 'a b', 'a"; DROP TABLE x; --', 'a.b', '$a'])('refuses the name %j', async (name) => {
      await expect(store.define([{ name, version: 1, fields: [] }])).rejects.toThrow(TypeError);
      await expect(store.define([{ name: 'fine', version: 1, fields: [name as never] }])).rejects.toThrow(
        TypeError,
      );
    });
  });
}
