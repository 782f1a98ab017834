import type { RecordedEvent, SubscribeOptions, SubscriptionMessage } from '@flowledger/event-sourcing';
import { collect, newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { Around } from './support/around';
import { everyPair } from './support/everywhere';
import { RunningTally } from './support/tally';

/** Hands the boundary over again: the event resumed after, and the last event of each page and at each caught-up. */
class Stuttering extends Around {
  repeated = 0;

  override async *subscribe(options: SubscribeOptions = {}): AsyncGenerator<SubscriptionMessage> {
    let last: RecordedEvent | undefined;
    if (options.after) {
      const log = await collect(this.inner.readAll({ streamPrefixes: options.streamPrefixes }));
      last = log.find(({ position }) => position.commit === options.after!.commit);
      yield* this.again(last);
    }
    for await (const message of this.inner.subscribe(options)) {
      if (message.kind === 'events') last = message.events.at(-1);
      if (message.kind === 'caught-up') yield* this.again(last);
      yield message;
      yield* this.again(last);
    }
  }

  private *again(event: RecordedEvent | undefined): Generator<SubscriptionMessage> {
    if (!event) return;
    this.repeated += 1;
    yield { kind: 'events', events: [event] };
  }
}

chaosCase(
  'R25',
  'the event at a boundary comes twice, and the second time it changes nothing',
  everyPair,
  (open) => {
    it('catching up, at the live edge, live and resumed', async () => {
      const stores = await open();
      const events = new Stuttering(stores.events);
      const stream = `${stores.category}1`;
      let expected = (await events.append(stream, 'no-stream', newEvents(50))).revision;
      for (let life = 1; life <= 3; life++) {
        const tally = await RunningTally.start({ ...stores, events });
        await tally.ready();
        for (let live = 0; live < 5; live++) {
          expected = (await events.append(stream, expected, newEvents(2))).revision;
          await tally.upToDate();
        }
        expect(await tally.of(stream)).toMatchObject({ count: 50 + 10 * life, outOfOrder: 0 });
        await tally.stop();
      }
      expect(events.repeated).toBeGreaterThan(5);
    });
  },
);
