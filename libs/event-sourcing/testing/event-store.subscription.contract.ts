import { comparePositions } from '@flowledger/event-sourcing';
import type { EventStore, SubscribeOptions } from '@flowledger/event-sourcing';
import { idsOf, newCategory, newEvent, newEvents } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';
import { SubscriptionReader } from './subscription-reader';

/** C16 and C17: where a subscription starts, what it hands over while it catches up. */
export function subscriptionContract<Store extends EventStore>({ store }: ContractContext<Store>): void {
  describe('a subscription that catches up', () => {
    let reader: SubscriptionReader;
    const subscribe = (options: SubscribeOptions): SubscriptionReader =>
      (reader = new SubscriptionReader(store(), options));
    afterEach(() => reader.stop());

    it('hands over what is there, in log order, and then says that it has caught up', async () => {
      const category = newCategory();
      const events = newEvents(3);
      for (const [index, event] of events.entries()) {
        await store().append(`${category}${index % 2}`, 'any', [event]);
      }
      await subscribe({ streamPrefixes: [category] }).caughtUp();
      expect(reader.ids).toEqual(idsOf(events));
    });

    it('says so at once when nothing matches', async () => {
      await subscribe({ streamPrefixes: [newCategory()] }).caughtUp();
      expect(reader.events).toEqual([]);
    });

    it('starts after the position it is given', async () => {
      const category = newCategory();
      const before = await store().append(`${category}1`, 'no-stream', newEvents(2));
      const events = newEvents(2);
      await store().append(`${category}1`, before.revision, events);
      await subscribe({ after: before.position, streamPrefixes: [category] }).caughtUp();
      expect(reader.ids).toEqual(idsOf(events));
    });

    it('starts in the middle of an append', async () => {
      const category = newCategory();
      const events = newEvents(3);
      await store().append(`${category}1`, 'no-stream', events);
      const first = new SubscriptionReader(store(), { streamPrefixes: [category] });
      await first.received(3);
      await first.stop();
      await subscribe({ after: first.events[0]!.position, streamPrefixes: [category] }).caughtUp();
      expect(reader.ids).toEqual(idsOf(events.slice(1)));
    });

    it('hands over every event of many pages exactly as the log has them', async () => {
      const category = newCategory();
      const batches = Array.from({ length: 4 }, () => newEvents(300));
      for (const events of batches) await store().append(`${category}1`, 'any', events);
      await subscribe({ streamPrefixes: [category] }).received(1200);
      expect(reader.ids).toEqual(idsOf(batches.flat()));
    });

    it('can be resumed after each event and each checkpoint without a loss', async () => {
      const [wanted, other] = [newCategory(), newCategory()];
      for (let round = 0; round < 6; round++) {
        await store().append(`${other}1`, 'any', newEvents(100));
        await store().append(`${wanted}1`, 'any', [newEvent()]);
      }
      await store().append(`${other}1`, 'any', newEvents(100));
      await subscribe({ streamPrefixes: [wanted] }).received(6);
      const all = reader.ids;
      for (const message of reader.messages) {
        if (message.kind === 'caught-up') continue;
        const after = message.kind === 'events' ? message.events[0]!.position : message.position;
        const rest = reader.events.filter(({ position }) => comparePositions(position, after) > 0);
        const resumed = new SubscriptionReader(store(), { after, streamPrefixes: [wanted] });
        await resumed.received(rest.length);
        await resumed.stop();
        expect(resumed.ids).toEqual(idsOf(rest));
      }
      expect(all).toHaveLength(6);
    });

    it('never hands over a checkpoint that overtakes an event', async () => {
      const [wanted, other] = [newCategory(), newCategory()];
      for (let round = 0; round < 5; round++) {
        await store().append(`${other}1`, 'any', newEvents(200));
        await store().append(`${wanted}1`, 'any', [newEvent()]);
      }
      await subscribe({ streamPrefixes: [wanted] }).received(5);
      const positions = reader.messages.flatMap((message) =>
        message.kind === 'events'
          ? message.events.map(({ position }) => position)
          : message.kind === 'checkpoint'
            ? [message.position]
            : [],
      );
      const sorted = [...positions].sort(comparePositions);
      expect(positions).toEqual(sorted);
    });

    it('never hands over an empty list of events', async () => {
      const category = newCategory();
      await store().append(`${category}1`, 'any', newEvents(3));
      await subscribe({ streamPrefixes: [category] }).caughtUp();
      const lists = reader.messages.flatMap((message) => (message.kind === 'events' ? [message.events] : []));
      expect(lists.length).toBeGreaterThan(0);
      expect(lists.every((events) => events.length > 0)).toBe(true);
    });
  });
}
