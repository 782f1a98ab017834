import type { FindOptions, ReadModelStore } from '../src';
import { everyAccount, MalformedCursor } from '../src';
import type { Shelf } from './read-model-store-samples';
import { alice, bob, commitAt, everyPage, put, shelves } from './read-model-store-samples';

const number = (n: number) => String(n).padStart(3, '0');

export function cursorsContract(opened: () => Promise<ReadModelStore>): void {
  describe('a list of several pages', () => {
    let store: ReadModelStore;
    const sizes = [null, 1, 'x', true, false, 2, 2, 2, null, 1.5];
    beforeEach(async () => {
      store = await opened();
      await store.commit(
        commitAt(
          1,
          ...Array.from({ length: 40 }, (_, n) =>
            put(
              number(n),
              { label: n % 2 ? 'odd' : 'even', size: sizes[n % 10], contents: n },
              1,
              n < 30 ? alice : bob,
            ),
          ),
        ),
      );
    });
    afterEach(() => store.close());

    const sorts: (FindOptions<Shelf>['sort'] | undefined)[] = [
      undefined,
      { by: 'size', direction: 'ascending' },
      { by: 'size', direction: 'descending' },
    ];
    it.each(sorts)('gives each document once and in order: %j', async (sort) => {
      for (const scope of [alice, everyAccount]) {
        const whole = await store.find(shelves, scope, { sort, limit: 100 });
        const paged = await everyPage((after) => store.find(shelves, scope, { sort, limit: 7, after }));
        expect(whole.nextCursor).toBeNull();
        expect(whole.items).toHaveLength(scope === alice ? 30 : 40);
        expect(paged).toEqual(whole.items);
      }
    });

    it.each(sorts)('gives each document once while others come and go: %j', async (sort) => {
      let round = 0;
      const paged = await everyPage(async (after) => {
        round += 1;
        const position = 1 + round;
        await store.commit(
          commitAt(
            position,
            put(`000-${round}`, { label: 'even', size: 2, contents: 'new' }, position),
            put(`999-${round}`, { label: 'even', size: null, contents: 'new' }, position),
            put(`new-${round - 1}`, undefined, position),
          ),
        );
        if (round > 50) throw new Error('the list has no end');
        return store.find(shelves, alice, { sort, limit: 9, after });
      });
      const old = paged.map(({ contents }) => contents).filter((contents) => contents !== 'new');
      expect(old).toHaveLength(30);
      expect(new Set(old).size).toBe(30);
    });

    it('ends exactly at a full last page', async () => {
      const first = await store.find(shelves, bob, { limit: 5 });
      const last = await store.find(shelves, bob, { limit: 5, after: first.nextCursor! });
      expect(first.nextCursor).not.toBeNull();
      expect(last.items.map(({ contents }) => contents)).toEqual([35, 36, 37, 38, 39]);
      expect(last.nextCursor).toBeNull();
    });

    it('goes on where it was although that document was deleted', async () => {
      const first = await store.find(shelves, bob, { limit: 5 });
      await store.commit(commitAt(2, put(number(34), undefined, 2, bob), put(number(35), undefined, 2, bob)));
      const last = await store.find(shelves, bob, { limit: 5, after: first.nextCursor! });
      expect(last.items.map(({ contents }) => contents)).toEqual([36, 37, 38, 39]);
    });

    it.each(['', 'x', 'null', 'e30', '{"$gt":""}', Buffer.from('[1,2,3,4]').toString('base64url'), 'é'])(
      'refuses the cursor %j',
      async (after) => {
        await expect(store.find(shelves, alice, { limit: 5, after })).rejects.toThrow(MalformedCursor);
      },
    );

    it('refuses the cursor of another list', async () => {
      const sort = { by: 'size', direction: 'ascending' } as const;
      const filter = { label: 'even' };
      const after = (await store.find(shelves, alice, { filter, sort, limit: 5 })).nextCursor!;
      const others: FindOptions<Shelf>[] = [
        { limit: 5, after },
        { filter, limit: 5, after },
        { sort, limit: 5, after },
        { filter: { label: 'odd' }, sort, limit: 5, after },
        { filter, sort: { by: 'size', direction: 'descending' }, limit: 5, after },
        { filter, sort: { by: 'label', direction: 'ascending' }, limit: 5, after },
      ];
      for (const other of others) {
        await expect(store.find(shelves, alice, other)).rejects.toThrow(MalformedCursor);
      }
      await expect(store.find(shelves, bob, { filter, sort, limit: 5, after })).rejects.toThrow(
        MalformedCursor,
      );
      expect((await store.find(shelves, alice, { filter, sort, limit: 3, after })).items).toHaveLength(3);
    });
  });
}
