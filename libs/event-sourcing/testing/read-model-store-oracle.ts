import fc from 'fast-check';
import type { Condition, IndexedValue, ReadModelStore } from '../src';
import type { Shelf } from './read-model-store-samples';
import { alice, commitAt, everyPage, put, shelves } from './read-model-store-samples';

type Field = 'label' | 'size' | 'open';
const rank = (value: IndexedValue | undefined): number =>
  value === null || value === undefined ? 0 : { number: 1, string: 2, boolean: 3 }[typeof value as 'number'];

/** The order of indexed values, written as plainly as possible. */
function compare(a: IndexedValue | undefined, b: IndexedValue | undefined): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  return a === b || rank(a) === 0 ? 0 : a! < b! ? -1 : 1;
}

function holds(value: IndexedValue | undefined, condition: Condition): boolean {
  if (condition === null || typeof condition !== 'object') return compare(value, condition) === 0;
  if ('in' in condition) return condition.in.some((one) => compare(value, one) === 0);
  if ('startsWith' in condition) return typeof value === 'string' && value.startsWith(condition.startsWith);
  const { gte, lt } = condition as { gte?: IndexedValue; lt?: IndexedValue };
  return (
    (gte === undefined || (rank(value) === rank(gte) && compare(value, gte) >= 0)) &&
    (lt === undefined || (rank(value) === rank(lt) && compare(value, lt) < 0))
  );
}

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '%', '_', '.', '$', 'ä', '流', '\uffff', '😀'),
  maxLength: 3,
});
const amount = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, -1e300, 2 ** 53));
const value = fc.oneof(text, amount, fc.boolean(), fc.constant(null));
const bound = fc.oneof(text, amount);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  value,
  fc.record({ in: fc.array(value, { maxLength: 3 }) }),
  fc.record({ gte: bound, lt: bound }, { requiredKeys: [] }),
  fc.record({ startsWith: text }),
);
const fields: Field[] = ['label', 'size', 'open'];
const perField = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.record({ label: arbitrary, size: arbitrary, open: arbitrary }, { requiredKeys: [] });

export function oracleContract(opened: () => Promise<ReadModelStore>): void {
  describe('a store with random documents', () => {
    it('lists what a plain filter and sort over an array lists', async () => {
      const store = await opened();
      let consumer = 0;
      const laws = fc.asyncProperty(
        fc.array(perField(value), { minLength: 1, maxLength: 25 }),
        fc.array(
          fc.record({
            filter: perField(condition),
            by: fc.constantFrom(undefined, ...fields),
            direction: fc.constantFrom('ascending' as const, 'descending' as const),
            limit: fc.integer({ min: 3, max: 9 }),
          }),
          { minLength: 4, maxLength: 4 },
        ),
        async (documents, queries) => {
          consumer += 1;
          await store.drop('librarian', [shelves]);
          await store.define([shelves]);
          const rows = documents.map((document, n) => ({
            id: `id-${(n * 7) % 26}`,
            document: { ...document, contents: n },
          }));
          await store.commit({
            ...commitAt(1, ...rows.map((row) => put(row.id, row.document))),
            consumer: `c${consumer}`,
          });
          for (const { filter, by, direction, limit } of queries) {
            const expected = rows
              .filter(({ document }) => fields.every((f) => !(f in filter) || holds(document[f], filter[f]!)))
              .sort((a, b) => (by && compare(a.document[by], b.document[by])) || (a.id < b.id ? -1 : 1))
              .map(({ document }) => document.contents);
            if (by && direction === 'descending') expected.reverse();
            const sort = by && { by, direction };
            const listed = await everyPage<Shelf>((after) =>
              store.find(shelves, alice, { filter, sort, limit, after }),
            );
            expect(listed.map(({ contents }) => contents)).toEqual(expected);
            expect(await store.count(shelves, alice, filter)).toBe(expected.length);
          }
        },
      );
      await fc.assert(laws, { numRuns: 60 });
      await store.close();
    });
  });
}
