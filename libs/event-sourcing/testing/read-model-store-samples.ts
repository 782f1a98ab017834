import type { DocumentWrite, IndexedValue, ReadModel, ReadModelCommit, ReadModelStore } from '../src';
import { logPosition } from '../src';

/** Opens one kind of store for the contract. Every `open` gives a new, empty store. */
export interface ReadModelStoreHarness {
  open(): Promise<ReadModelStore>;
  /** Opens again what a store left behind; the store given was closed. */
  reopen(closed: ReadModelStore): Promise<ReadModelStore>;
  /** Runs after the last test: the place to remove files and stop servers. */
  close?(): Promise<void>;
}

export interface Shelf {
  readonly label?: IndexedValue;
  readonly size?: IndexedValue;
  readonly open?: IndexedValue;
  readonly contents?: unknown;
}

export const shelves: ReadModel<Shelf> = {
  name: 'shelves',
  version: 1,
  fields: ['label', 'size', 'open'],
};
export const books: ReadModel<{ title: string }> = { name: 'books', version: 3, fields: ['title'] };
export const readModels = [shelves, books] as readonly ReadModel<never>[];

export const alice = '1000000000000001';
export const bob = '1000000000000002';

/** A write of a shelf; `undefined` deletes it. */
export const put = (
  id: string,
  document: object | undefined,
  position: number | bigint = 1,
  accountId = alice,
): DocumentWrite => ({ readModel: shelves, accountId, id, document, position: logPosition(position) });

/** A commit of the consumer `librarian` whose checkpoint stands at `position`. */
export const commitAt = (
  position: number | bigint,
  ...writes: readonly DocumentWrite[]
): ReadModelCommit => ({
  consumer: 'librarian',
  writes,
  checkpoint: { position: logPosition(position) },
});

/** All pages of a list, one after the other. */
export async function everyPage<Doc>(
  page: (after?: string) => Promise<{ items: Doc[]; nextCursor: string | null }>,
): Promise<Doc[]> {
  const items: Doc[] = [];
  let after: string | undefined;
  do {
    const next = await page(after);
    items.push(...next.items);
    after = next.nextCursor ?? undefined;
  } while (after !== undefined);
  return items;
}
