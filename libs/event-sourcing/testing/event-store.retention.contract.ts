import { streamRevision } from '@flowledger/event-sourcing';
import type { EventStore, NewEvent } from '@flowledger/event-sourcing';
import { collect, idsIn, idsOf, newEvent, newEvents, newStream, whereOffered } from './event-store-fixtures';
import type { ContractContext, StreamStates } from './event-store-fixtures';
import { SubscriptionReader } from './subscription-reader';

/** C10, C11 and C14: what metadata and deletion hide from a stream's readers, and what the log shows all the same. */
export function retentionContract<Store extends EventStore>(context: ContractContext<Store>): void {
  whereOffered(context.harness.states, 'C10, C11, C14: truncation', (states) => retention(context, states));
}

function retention<Store extends EventStore>(
  { store }: ContractContext<Store>,
  states: StreamStates<Store>,
): void {
  const written = async (): Promise<{ stream: string; events: NewEvent[] }> => {
    const stream = newStream();
    const events = newEvents(5);
    await store().append(stream, 'no-stream', events);
    return { stream, events };
  };
  /** Two commits make one undeletion: right after the first a reader may still see what was. */
  const untilRead = async (stream: string, ids: readonly string[]): Promise<void> => {
    while ((await idsIn(store().readStream(stream))).join() !== ids.join())
      await new Promise((resolve) => setTimeout(resolve, 10));
  };

  describe('a stream whose metadata hide its beginning', () => {
    it.each([
      ['$maxCount', { maxCount: 2 }],
      ['$tb', { truncateBefore: 3 }],
    ])('by %s is read from where it is shown on, under the same numbers', async (_, limits) => {
      const { stream, events } = await written();
      await states.setMetadata(store(), stream, limits);
      const read = await collect(store().readStream(stream));
      expect(read.map(({ id, revision }) => [id, revision])).toEqual([
        [events[3]!.id, 3n],
        [events[4]!.id, 4n],
      ]);
      expect(await idsIn(store().readStream(stream, { direction: 'backwards' }))).toEqual(
        idsOf(read).reverse(),
      );
      expect(await idsIn(store().readStream(stream, { from: streamRevision(0) }))).toEqual(idsOf(read));
    });

    it('goes on at the next number, its metadata having numbers of their own', async () => {
      const { stream } = await written();
      for (const maxCount of [3, 2, 1]) await states.setMetadata(store(), stream, { maxCount });
      expect((await store().append(stream, streamRevision(4), [newEvent()])).revision).toBe(5n);
      expect(await collect(store().readStream(stream))).toHaveLength(1);
    });

    it('is empty, not deleted, when they hide all of it', async () => {
      const { stream } = await written();
      await states.setMetadata(store(), stream, { truncateBefore: 5 });
      expect(await collect(store().readStream(stream))).toEqual([]);
      const event = newEvent();
      expect((await store().append(stream, 'stream-exists', [event])).revision).toBe(5n);
      expect(await idsIn(store().readStream(stream))).toEqual([event.id]);
    });

    it('answers a repeated append with the original result', async () => {
      const { stream, events } = await written();
      await states.setMetadata(store(), stream, { truncateBefore: 5 });
      expect((await store().append(stream, 'no-stream', events)).revision).toBe(4n);
      expect(await collect(store().readStream(stream))).toEqual([]);
    });
  });

  describe('a soft-deleted stream that goes on', () => {
    it('shows only what came after', async () => {
      const { stream } = await written();
      await states.softDelete(store(), stream);
      const event = newEvent();
      await store().append(stream, 'any', [event]);
      await untilRead(stream, [event.id]);
      expect((await collect(store().readStream(stream)))[0]!.revision).toBe(5n);
    });

    it('is undeleted by metadata, and has lost those it had', async () => {
      const { stream } = await written();
      await states.setMetadata(store(), stream, { maxCount: 1 });
      await states.softDelete(store(), stream);
      await states.setMetadata(store(), stream, {});
      await untilRead(stream, []);
      const events = newEvents(3);
      await store().append(stream, streamRevision(4), events);
      await untilRead(stream, idsOf(events));
    });
  });

  describe('the log of streams that were truncated or deleted', () => {
    const hiding: [string, (stream: string) => Promise<void>][] = [
      ['truncated', (stream) => states.setMetadata(store(), stream, { maxCount: 1 })],
      ['soft-deleted', (stream) => states.softDelete(store(), stream)],
      ['tombstoned', (stream) => states.tombstone(store(), stream)],
    ];

    it.each(hiding)('R46 keeps the events of a %s stream, for readers and subscribers', async (_, hide) => {
      const { stream, events } = await written();
      await hide(stream);
      const after = newEvent();
      await store().append(`${stream}-after`, 'no-stream', [after]);
      const ids = [...idsOf(events), after.id];
      expect(await idsIn(store().readAll({ streamPrefixes: [stream] }))).toEqual(ids);
      const reader = new SubscriptionReader(store(), { streamPrefixes: [stream] });
      await reader.caughtUp();
      await reader.stop();
      expect(reader.ids).toEqual(ids);
    });
  });
}
