import type { ReadModelStore } from '../src';
import { LeaseLost, logPosition } from '../src';
import { alice, commitAt, put, shelves } from './read-model-store-samples';

const long = 60_000;

export function leasesContract(opened: () => Promise<ReadModelStore>): void {
  describe('a store that leases its consumers', () => {
    let store: ReadModelStore;
    beforeEach(async () => {
      store = await opened();
    });
    afterEach(() => store.close());
    const claimed = async (owner: string, milliseconds = long) =>
      (await store.claim('librarian', owner, milliseconds))!;
    const labelled = (epoch: number, position: number, label: string) =>
      store.commit({ ...commitAt(position, put('a', { label }, position)), epoch });

    it('gives a consumer to one owner, and to the next when it is given back', async () => {
      const first = await claimed('one');
      expect(first).toEqual({ consumer: 'librarian', owner: 'one', epoch: 1 });
      expect(await store.claim('librarian', 'two', long)).toBeUndefined();
      expect(await store.claim('other', 'two', long)).toBeDefined();
      await store.release(first);
      expect(await claimed('two')).toEqual({ consumer: 'librarian', owner: 'two', epoch: 2 });
      await store.release(first);
      expect(await store.claim('librarian', 'three', long)).toBeUndefined();
    });

    it('gives it to exactly one of those who claim at the same time', async () => {
      const owners = ['a', 'b', 'c', 'd', 'e'];
      const claims = await Promise.all(owners.map((owner) => store.claim('librarian', owner, long)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('gives it to another when the time has run out, and not before', async () => {
      const first = await claimed('one', 1);
      while (!(await store.claim('librarian', 'two', long))) await new Promise(setImmediate);
      expect(await store.extend(first, long, {})).toBe(false);
    });

    it('is extended by its owner, who says how the work goes', async () => {
      const lease = await claimed('one', 1);
      expect(await store.extend(lease, long, { state: 'live', parked: 2 })).toBe(true);
      expect(await store.claim('librarian', 'two', long)).toBeUndefined();
      const [record] = await store.consumers();
      expect(record).toMatchObject({
        consumer: 'librarian',
        lease: { owner: 'one', epoch: 1 },
        report: { state: 'live', parked: 2 },
      });
      expect(record!.lease!.expiresInMilliseconds).toBeGreaterThan(long / 2);
    });

    it('shows a consumer without an owner as such', async () => {
      await store.commit(commitAt(4));
      await store.release(await claimed('one'));
      expect(await store.consumers()).toEqual([
        { consumer: 'librarian', checkpoint: { position: logPosition(4) } },
      ]);
    });

    it('raises the epoch when the same owner claims again', async () => {
      expect((await claimed('one')).epoch).toBe(1);
      expect((await claimed('one')).epoch).toBe(2);
    });

    it('refuses what is committed under an older epoch, documents and checkpoint', async () => {
      const old = await claimed('one', 1);
      await labelled(old.epoch, 1, 'mine');
      let next;
      while (!next) next = await store.claim('librarian', 'two', long);
      await expect(labelled(old.epoch, 2, 'late')).rejects.toThrow(LeaseLost);
      await expect(store.commit({ consumer: 'librarian', writes: [], epoch: old.epoch })).rejects.toThrow(
        LeaseLost,
      );
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'mine' });
      expect(await store.checkpoint('librarian')).toEqual({ position: logPosition(1) });
      await labelled(next.epoch, 2, 'of the next');
      expect(await store.get(shelves, alice, 'a')).toEqual({ label: 'of the next' });
    });

    it('forgets epoch and report with the consumer', async () => {
      const lease = await claimed('one');
      await store.extend(lease, long, { state: 'live' });
      await store.drop('librarian', []);
      expect(await store.consumers()).toEqual([]);
      await expect(labelled(lease.epoch, 1, 'late')).rejects.toThrow(LeaseLost);
    });
  });
}
