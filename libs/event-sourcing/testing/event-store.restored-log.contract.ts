import { comparePositions, streamRevision } from '@flowledger/event-sourcing';
import type { EventStore } from '@flowledger/event-sourcing';
import { collect, newEvents, newStream, whereOffered } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';
import { SubscriptionReader } from './subscription-reader';

/** C22: a log that went back says nothing of it. Whoever kept a position and an event id can find out. */
export function restoredLogContract<Store extends EventStore>(context: ContractContext<Store>): void {
  whereOffered(context.harness.snapshot, 'C22: a restored copy', (snapshot) => {
    describe('a log restored from an older copy', () => {
      const restored = async () => {
        const stream = newStream();
        await context.store().append(stream, 'no-stream', newEvents(2));
        const restore = await snapshot(context.store());
        const lost = newEvents(2);
        const { position } = await context.store().append(stream, streamRevision(1), lost);
        return { store: context.use(await restore()), stream, lost, position };
      };

      it('has a head before the position that was kept', async () => {
        const { store, stream, position } = await restored();
        expect(comparePositions((await store.head())!, position)).toBeLessThan(0);
        expect(await collect(store.readStream(stream))).toHaveLength(2);
      });

      it('has another event in the place of the one that was kept, once it has grown past it', async () => {
        const { store, stream, lost, position } = await restored();
        await store.append(stream, streamRevision(1), newEvents(5));
        expect(comparePositions((await store.head())!, position)).toBeGreaterThan(0);
        const [there] = await collect(store.readStream(stream, { from: streamRevision(3), maxCount: 1 }));
        expect(there!.id).not.toBe(lost[1]!.id);
      });

      it('does not fail a subscription that resumes after a position it does not have yet', async () => {
        const { store, stream, position } = await restored();
        const reader = new SubscriptionReader(store, { after: position, streamPrefixes: [stream] });
        await reader.caughtUp();
        expect(await reader.stop()).toBeUndefined();
        expect(reader.events).toEqual([]);
      });
    });
  });
}
