import type { SubscribeOptions, SubscriptionMessage } from '@flowledger/event-sourcing';
import { logPosition, SubscriptionDropped } from '@flowledger/event-sourcing';
import { collect, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { Around } from './support/around';
import { everyPair } from './support/everywhere';
import { RunningTally } from './support/tally';

/** The first subscription drops, is replaced, and then goes on talking: old events, a wild checkpoint, an error. */
class Undead extends Around {
  generations = 0;
  saidAfterDeath = 0;

  override subscribe(options: SubscribeOptions = {}): AsyncIterable<SubscriptionMessage> {
    this.generations += 1;
    if (this.generations > 1) return this.inner.subscribe(options);
    const { inner } = this;
    const said = (message: SubscriptionMessage) => {
      this.saidAfterDeath += 1;
      return Promise.resolve({ done: false as const, value: message });
    };
    let calls = 0;
    const next = async (): Promise<IteratorResult<SubscriptionMessage>> => {
      calls += 1;
      const events = await collect(inner.readAll());
      if (calls === 1) return { done: false, value: { kind: 'events', events: events.slice(0, 2) } };
      if (calls === 2) throw new SubscriptionDropped('the first generation');
      if (calls === 3) return said({ kind: 'events', events });
      return said({ kind: 'checkpoint', position: logPosition(2n ** 40n) });
    };
    return {
      [Symbol.asyncIterator]: () => ({ next, return: () => said({ kind: 'events', events: [] }) }),
    };
  }
}

chaosCase(
  'R3',
  'what a dropped subscription still says is not heard, and one error replaces it once',
  everyPair,
  (open) => {
    it('events, checkpoints and errors of the first generation', async () => {
      const stores = await open();
      const stream = `${stores.category}1`;
      const { revision } = await stores.events.append(stream, 'no-stream', newEvents(5));
      const events = new Undead(stores.events);
      const tally = await RunningTally.start({ ...stores, events });
      await tally.ready();
      await stores.events.append(stream, revision, newEvents(5));
      await tally.upToDate();
      expect(await tally.of(stream)).toMatchObject({ count: 10, outOfOrder: 0 });
      expect(events.generations).toBe(2);
      expect(tally.failures).toEqual([new SubscriptionDropped('the first generation')]);
      expect(tally.runner.position).toEqual(await stores.events.head());
    });
  },
);
