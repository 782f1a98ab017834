import type { ReadModelStore } from '../src';
import { logPosition, streamRevision } from '../src';
import { alice, bob, commitAt, put, shelves } from './read-model-store-samples';

export function commitsContract(opened: () => Promise<ReadModelStore>): void {
  describe('a store that takes commits', () => {
    let store: ReadModelStore;
    beforeEach(async () => {
      store = await opened();
    });
    afterEach(() => store.close());
    const label = async (id = 'a') => (await store.get(shelves, alice, id))?.label;

    it('replaces the whole document', async () => {
      await store.commit(commitAt(1, put('a', { label: 'old', size: 1 }, 1)));
      await store.commit(commitAt(2, put('a', { label: 'new' }, 2)));
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'new' });
      expect(await store.count(shelves, alice, { size: 1 })).toBe(0);
    });

    it('leaves a document at or after the position alone', async () => {
      await store.commit(commitAt(5, put('a', { label: 'five' }, 5)));
      await store.commit(commitAt(6, put('a', { label: 'same' }, 5), put('b', { label: 'fresh' }, 6)));
      await store.commit(commitAt(7, put('a', { label: 'older' }, 4)));
      expect(await label()).toBe('five');
      expect(await label('b')).toBe('fresh');
    });

    it('orders positions by both halves, beyond 2^53', async () => {
      const at = (commit: bigint, prepare: bigint, text: string) => ({
        ...put('a', { label: text }),
        position: logPosition(commit, prepare),
      });
      const top = 2n ** 63n - 1n;
      await store.commit(commitAt(1, at(top - 2n, 7n, 'first')));
      await store.commit(commitAt(2, at(top - 2n, 7n, 'same')));
      expect(await label()).toBe('first');
      await store.commit(commitAt(3, at(top - 2n, 8n, 'later prepare')));
      expect(await label()).toBe('later prepare');
      await store.commit(commitAt(4, at(top - 1n, 1n, 'later commit')));
      expect(await label()).toBe('later commit');
      await store.commit(commitAt(5, at(top - 2n, top, 'earlier commit')));
      expect(await label()).toBe('later commit');
      await store.commit(commitAt(6, at(top, top, 'last')));
      expect(await label()).toBe('last');
    });

    it('refuses a position no log can have and stores nothing', async () => {
      await expect(store.commit(commitAt(1, put('b', {}, 1), put('a', {}, 2n ** 63n)))).rejects.toThrow(
        RangeError,
      );
      expect(await store.count(shelves, alice)).toBe(0);
    });

    it.each(['', 'a\u0000b'])('refuses the id %j', async (id) => {
      await expect(store.commit(commitAt(1, put(id, {})))).rejects.toThrow(TypeError);
    });

    it('deletes, unless the document is newer', async () => {
      await store.commit(commitAt(5, put('a', { label: 'A' }, 5), put('b', { label: 'B' }, 5)));
      await store.commit(
        commitAt(6, put('a', undefined, 6), put('b', undefined, 5), put('gone', undefined, 6)),
      );
      expect(await label('a')).toBeUndefined();
      expect(await label('b')).toBe('B');
    });

    it('creates again what was deleted before', async () => {
      await store.commit(commitAt(1, put('a', { label: 'first life' }, 1)));
      await store.commit(commitAt(2, put('a', undefined, 2)));
      await store.commit(commitAt(3, put('a', { label: 'second life' }, 3)));
      expect(await label()).toBe('second life');
    });

    it('takes several writes of one document as if they came one after another', async () => {
      await store.commit(
        commitAt(
          9,
          put('a', { label: 'one' }, 1),
          put('a', { label: 'three' }, 3),
          put('a', { label: 'two' }, 2),
          put('b', { label: 'B' }, 4),
          put('b', undefined, 5),
        ),
      );
      expect(await label('a')).toBe('three');
      expect(await label('b')).toBeUndefined();
    });

    it('is not changed by a repeated commit', async () => {
      const commits = [
        commitAt(2, put('a', { label: 'A' }, 1), put('b', { label: 'B' }, 2)),
        commitAt(4, put('a', undefined, 3), put('b', { label: 'B2' }, 4)),
      ];
      for (const commit of [...commits, ...commits]) await store.commit(commit);
      expect(await label('a')).toBeUndefined();
      expect(await label('b')).toBe('B2');
      expect(await store.checkpoint('librarian')).toEqual(commits[1]!.checkpoint);
    });

    it('ignores a commit older than the checkpoint', async () => {
      await store.commit(commitAt(5, put('a', { label: 'new' }, 5)));
      await store.commit(commitAt(4, put('a', { label: 'old' }, 4), put('late', { label: 'late' }, 4)));
      expect(await store.checkpoint('librarian')).toEqual({ position: logPosition(5) });
      expect(await label()).toBe('new');
      expect(await label('late')).toBeUndefined();
    });

    it('has no checkpoint before the first commit', async () => {
      expect(await store.checkpoint('librarian')).toBeUndefined();
    });

    it('moves the checkpoint without any document', async () => {
      await store.commit(commitAt(3));
      await store.commit(commitAt(8));
      expect(await store.checkpoint('librarian')).toEqual({ position: logPosition(8) });
    });

    it('keeps both halves of the checkpoint and its last event, beyond 2^53', async () => {
      const checkpoint = {
        position: logPosition(2n ** 63n - 1n, 2n ** 62n + 1n),
        lastEvent: {
          id: 'c0ffee00-0000-4000-8000-000000000001',
          stream: 'shelf-1',
          revision: streamRevision(2n ** 53n + 1n),
          position: logPosition(2n ** 53n + 1n, 2n ** 53n + 3n),
        },
      };
      await store.commit({ consumer: 'librarian', writes: [], checkpoint });
      expect(await store.checkpoint('librarian')).toEqual(checkpoint);
    });

    it('keeps a checkpoint for each consumer', async () => {
      await store.commit({ ...commitAt(3), consumer: 'one' });
      await store.commit({ ...commitAt(4), consumer: 'two.$x' });
      expect(await store.checkpoint('one')).toEqual({ position: logPosition(3) });
      expect(await store.checkpoint('two.$x')).toEqual({ position: logPosition(4) });
    });

    it('stores documents and checkpoint together or not at all', async () => {
      await store.commit(commitAt(1, put('a', { label: 'A' }, 1)));
      const circular: Record<string, unknown> = {};
      circular['contents'] = circular;
      await expect(
        store.commit(commitAt(2, put('a', { label: 'B' }, 2), put('b', circular, 2))),
      ).rejects.toThrow(TypeError);
      expect(await label()).toBe('A');
      expect(await store.checkpoint('librarian')).toEqual({ position: logPosition(1) });
    });

    it('writes bookkeeping whatever stands there, and an event after it', async () => {
      const note = (label: string | undefined) => {
        const { position: _, ...write } = put('a', label === undefined ? undefined : { label });
        return write;
      };
      await store.commit(commitAt(5, put('a', { label: 'five' }, 5)));
      await store.commit({ consumer: 'librarian', writes: [note('noted')] });
      expect(await label()).toBe('noted');
      expect(await store.checkpoint('librarian')).toEqual({ position: logPosition(5) });
      await store.commit(commitAt(6, put('a', { label: 'one' }, 1)));
      expect(await label()).toBe('one');
      await store.commit({ consumer: 'librarian', writes: [note(undefined)] });
      expect(await label()).toBeUndefined();
    });

    it('scans every document with its position, by account and id, page by page', async () => {
      const ids = ['b', 'a', 'B', 'ä'];
      await store.commit(
        commitAt(9, ...ids.map((id, n) => put(id, { label: id }, n + 1)), put('a', {}, 9, bob)),
      );
      const scanned = [];
      for (let page = await store.scan(shelves, { limit: 2 }); page.length > 0;) {
        scanned.push(...page);
        page = await store.scan(shelves, { limit: 2, after: scanned.at(-1) });
      }
      expect(scanned).toEqual([
        { accountId: alice, id: 'B', document: { label: 'B' }, position: logPosition(3) },
        { accountId: alice, id: 'a', document: { label: 'a' }, position: logPosition(2) },
        { accountId: alice, id: 'b', document: { label: 'b' }, position: logPosition(1) },
        { accountId: alice, id: 'ä', document: { label: 'ä' }, position: logPosition(4) },
        { accountId: bob, id: 'a', document: {}, position: logPosition(9) },
      ]);
    });

    it('takes commits at the same time', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          store.commit({ ...commitAt(1, put(`${n}`, {})), consumer: `c${n}` }),
        ),
      );
      expect(await store.count(shelves, alice)).toBe(20);
    });

    it('lets the latest of racing writes of one document stand', async () => {
      const positions = [3, 1, 5, 2, 4];
      await Promise.all(
        positions.map((n) => store.commit({ ...commitAt(n, put('a', { size: n }, n)), consumer: `c${n}` })),
      );
      expect(await store.get(shelves, alice, 'a')).toEqual({ size: 5 });
    });
  });
}
