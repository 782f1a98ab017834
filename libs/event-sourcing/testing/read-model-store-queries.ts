import type { Filter, FindOptions, ReadModelStore } from '../src';
import type { Shelf } from './read-model-store-samples';
import { alice, commitAt, put, shelves } from './read-model-store-samples';

const documents: Record<string, Shelf> = {
  a: { label: 'api', size: 3, open: true },
  b: { label: 'apricot', size: 1, open: false },
  c: { label: 'Berlin', size: 2 ** 40 },
  d: { label: null, size: null, open: null },
  e: {},
  f: { label: 'ap', size: -0.5, open: 1 },
  g: { label: '😀', size: 3, open: 'true' },
  h: { label: '\uffee', size: '3', open: true },
};

export function queriesContract(opened: () => Promise<ReadModelStore>): void {
  describe('a store with lists', () => {
    let store: ReadModelStore;
    beforeAll(async () => {
      store = await opened();
      await store.commit(
        commitAt(1, ...Object.entries(documents).map(([id, shelf]) => put(id, { ...shelf, contents: id }))),
      );
    });
    afterAll(() => store.close());

    const list = async (options: Partial<FindOptions<Shelf>>) =>
      (await store.find(shelves, alice, { limit: 100, ...options })).items
        .map(({ contents }) => contents)
        .join('');

    it.each<[string, Filter<Shelf>, string]>([
      ['equal to a string', { label: 'api' }, 'a'],
      ['equal to a number', { size: 3 }, 'ag'],
      ['equal to true, which is not 1', { open: true }, 'ah'],
      ['equal to 1, which is not true', { open: 1 }, 'f'],
      ['equal to false', { open: false }, 'b'],
      ['null or missing', { open: null }, 'cde'],
      ['one of several', { size: { in: [1, 3] } }, 'abg'],
      ['one of several or missing', { size: { in: [null, '3'] } }, 'deh'],
      ['one of none', { size: { in: [] } }, ''],
      ['one of two booleans', { open: { in: [true, false] } }, 'abh'],
      ['numbers from', { size: { gte: 3 } }, 'acg'],
      ['numbers below', { size: { lt: 3 } }, 'bf'],
      ['numbers between', { size: { gte: 1, lt: 3 } }, 'b'],
      ['strings from', { label: { gte: 'ap' } }, 'abfgh'],
      ['strings below', { label: { lt: 'api' } }, 'cf'],
      ['strings between', { label: { gte: 'ap', lt: 'apr' } }, 'af'],
      ['strings below, never numbers', { size: { lt: '9' } }, 'h'],
      ['bounds of two types', { size: { gte: 0, lt: 'z' } }, ''],
      ['no bound at all', { size: {} }, 'abcdefgh'],
      ['a prefix', { label: { startsWith: 'ap' } }, 'abf'],
      ['a whole value as prefix', { label: { startsWith: 'apricot' } }, 'b'],
      ['a prefix with a pattern sign', { label: { startsWith: 'a%' } }, ''],
      ['the empty prefix, any string', { size: { startsWith: '' } }, 'h'],
      ['a prefix beyond the basic plane', { label: { startsWith: '😀' } }, 'g'],
      ['two conditions', { size: 3, open: true }, 'a'],
      ['an undefined condition', { size: undefined, open: false }, 'b'],
    ])('filters by %s', async (_, filter, expected) => {
      expect(await list({ filter })).toBe(expected);
      expect(await store.count(shelves, alice, filter)).toBe(expected.length);
    });

    it.each<[keyof Shelf, string]>([
      ['label', 'decfabhg'],
      ['size', 'defbagch'],
      ['open', 'cdefgbah'],
    ])('sorts by %s in both directions, ties by id', async (by, expected) => {
      expect(await list({ sort: { by, direction: 'ascending' } })).toBe(expected);
      expect(await list({ sort: { by, direction: 'descending' } })).toBe([...expected].reverse().join(''));
    });

    it('counts everything without a filter', async () => {
      expect(await store.count(shelves, alice)).toBe(8);
    });

    it('refuses to filter or sort by what is no declared field', async () => {
      const filter = { contents: 'a' } as Filter<Shelf>;
      const sort = { by: 'contents', direction: 'ascending' } as const;
      for (const refused of [
        store.find(shelves, alice, { filter, limit: 1 }),
        store.find(shelves, alice, { sort, limit: 1 }),
        store.count(shelves, alice, filter),
      ]) {
        await expect(refused).rejects.toThrow(TypeError);
        await expect(refused).rejects.toThrow(/contents.*shelves/);
      }
    });

    it.each<[string, unknown]>([
      ['an operator', { $ne: null }],
      ['a list', ['api']],
      ['a list inside a list', { in: [['api']] }],
      ['an object as a bound', { gte: { $gt: '' } }],
      ['an object as a prefix', { startsWith: {} }],
      ['a number that is none', Number.NaN],
    ])('refuses %s as a condition', async (_, condition) => {
      const filter = { label: condition } as Filter<Shelf>;
      await expect(store.find(shelves, alice, { filter, limit: 1 })).rejects.toThrow(TypeError);
    });

    it.each([0, -1, 1.5, Number.NaN])('refuses the limit %d', async (limit) => {
      await expect(store.find(shelves, alice, { limit })).rejects.toThrow(RangeError);
    });
  });
}
