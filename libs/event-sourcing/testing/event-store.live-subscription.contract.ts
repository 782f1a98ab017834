import { SubscriptionDropped } from '@flowledger/event-sourcing';
import type { EventStore, SubscribeOptions } from '@flowledger/event-sourcing';
import { idsIn, idsOf, newCategory, newEvent, newEvents, whereOffered } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';
import { SubscriptionReader } from './subscription-reader';

/** C17, C18, C19 and C24: what comes while it is live, and the ways it ends. */
export function liveSubscriptionContract<Store extends EventStore>(context: ContractContext<Store>): void {
  const { store } = context;

  describe('a live subscription', () => {
    const readers: SubscriptionReader[] = [];
    const subscribe = async (options: SubscribeOptions): Promise<SubscriptionReader> => {
      const reader = new SubscriptionReader(store(), options);
      readers.push(reader);
      await reader.caughtUp();
      return reader;
    };
    afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.stop())));

    it('hands over what is appended, in log order', async () => {
      const category = newCategory();
      const reader = await subscribe({ streamPrefixes: [category] });
      const events = newEvents(5);
      for (const event of events) await store().append(`${category}1`, 'any', [event]);
      await reader.received(5);
      expect(reader.ids).toEqual(idsOf(events));
    });

    it('hands over only what matches', async () => {
      const [wanted, other] = [newCategory(), newCategory()];
      const reader = await subscribe({ streamPrefixes: [wanted] });
      await store().append(`${other}1`, 'any', newEvents(3));
      const event = newEvent();
      await store().append(`${wanted}1`, 'any', [event]);
      await reader.received(1);
      expect(reader.ids).toEqual([event.id]);
    });

    it('sees what concurrent writers append once each and in the order of the log', async () => {
      const category = newCategory();
      const reader = await subscribe({ streamPrefixes: [category] });
      await Promise.all(
        Array.from({ length: 8 }, async (_, writer) => {
          for (let round = 0; round < 10; round++) {
            await store().append(`${category}${writer}`, 'any', newEvents(2));
          }
        }),
      );
      await reader.received(160);
      expect(reader.ids).toEqual(await idsIn(store().readAll({ streamPrefixes: [category] })));
    });

    it('hands over an event only when a reader can see it too', async () => {
      const category = newCategory();
      const subscription = store().subscribe({ streamPrefixes: [category] });
      void store().append(`${category}1`, 'any', [newEvent()]);
      for await (const message of subscription) {
        if (message.kind !== 'events') continue;
        const readable = await idsIn(store().readAll({ streamPrefixes: [category] }));
        expect(readable).toEqual(idsOf(message.events));
        break;
      }
    });

    it('loses nothing when its consumer is slow', async () => {
      const category = newCategory();
      const ids: string[] = [];
      const total = 300;
      const consuming = (async () => {
        for await (const message of store().subscribe({ streamPrefixes: [category] })) {
          if (message.kind === 'events') ids.push(...idsOf(message.events));
          if (ids.length >= total) break;
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      const events = newEvents(total);
      for (let index = 0; index < total; index += 10) {
        await store().append(`${category}1`, 'any', events.slice(index, index + 10));
      }
      await consuming;
      expect(ids).toEqual(idsOf(events));
    });

    it('serves each of several subscribers', async () => {
      const category = newCategory();
      const all = await Promise.all([1, 2, 3].map(() => subscribe({ streamPrefixes: [category] })));
      const events = newEvents(3);
      await store().append(`${category}1`, 'any', events);
      await Promise.all(all.map((reader) => reader.received(3)));
      for (const reader of all) expect(reader.ids).toEqual(idsOf(events));
    });

    it('ends without an error when its signal is aborted', async () => {
      const reader = await subscribe({ streamPrefixes: [newCategory()] });
      expect(await reader.stop()).toBeUndefined();
    });

    it('ends at once when its signal was aborted before', async () => {
      const messages = store().subscribe({ signal: AbortSignal.abort() });
      for await (const message of messages) throw new Error(`came: ${message.kind}`);
    });

    it('ends when its consumer stops iterating', async () => {
      const category = newCategory();
      for await (const message of store().subscribe({ streamPrefixes: [category] })) {
        if (message.kind === 'caught-up') break;
      }
      const reader = await subscribe({ streamPrefixes: [category] });
      await store().append(`${category}1`, 'any', newEvents(1));
      await reader.received(1);
    });

    it('is dropped when the store is closed', async () => {
      const reader = await subscribe({ streamPrefixes: [newCategory()] });
      await store().close();
      expect(await reader.ended).toBeInstanceOf(SubscriptionDropped);
    });

    whereOffered(context.harness.drop, 'C18: a dropped connection', (drop) => {
      it('is dropped when the connection fails, and can be resumed', async () => {
        const category = newCategory();
        const reader = await subscribe({ streamPrefixes: [category] });
        const events = newEvents(4);
        await store().append(`${category}1`, 'any', events.slice(0, 2));
        await reader.received(2);
        await drop(store());
        expect(await reader.ended).toBeInstanceOf(SubscriptionDropped);
        await store().append(`${category}1`, 'any', events.slice(2));
        const resumed = new SubscriptionReader(store(), {
          ...(reader.position && { after: reader.position }),
          streamPrefixes: [category],
        });
        readers.push(resumed);
        await resumed.received(2);
        expect(resumed.ids).toEqual(idsOf(events.slice(2)));
      });
    });
  });
}
