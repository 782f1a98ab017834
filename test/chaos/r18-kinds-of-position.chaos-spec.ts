import { comparePositions } from '@flowledger/event-sourcing';
import { collect, idsOf, newEvent, SubscriptionReader } from '@flowledger/event-sourcing/testing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { complaintsAbout } from './support/compiled';
import { everyLog } from './support/everywhere';

const mixtures = [
  'store.subscribe({ after: revision })',
  "store.readStream('s', { from: position })",
  "store.append('s', 7n, [])",
  'store.readAll({ from: position.commit })',
  'store.readAll({ from: { commit: 1n, prepare: 1n } })',
];

chaosCase(
  'R18',
  'revisions and positions cannot be mixed, and whoever subscribes from the end misses nothing that comes after',
  everyLog,
  (open) => {
    it('refuses to compile each mixture', () => {
      const complaints = complaintsAbout(`
        import type { EventStore, LogPosition, StreamRevision } from '@flowledger/event-sourcing';
        declare const store: EventStore, revision: StreamRevision, position: LogPosition;
        void [store, revision, position];
        void [${mixtures.join(',\n')}];`);
      const refusal = expect.stringMatching(/not assignable|has no properties in common/) as string;
      expect(complaints).toEqual(mixtures.map(() => refusal));
    });

    it('hands over every event that is appended after the end was read', async () => {
      const { events, category } = await open();
      await events.append(`${category}0`, 'no-stream', [newEvent()]);
      for (let round = 0; round < 10; round++) {
        const racing = Array.from({ length: 20 }, () => events.append(`${category}1`, 'any', [newEvent()]));
        const after = await events.head();
        const reader = new SubscriptionReader(events, { after, streamPrefixes: [category] });
        afterThisTest(() => reader.stop());
        await Promise.all(racing);
        const log = await collect(events.readAll({ streamPrefixes: [category] }));
        const later = log.filter(({ position }) => comparePositions(position, after!) > 0);
        await reader.received(later.length);
        await reader.caughtUp();
        await reader.stop();
        expect(reader.ids).toEqual(idsOf(later));
      }
    });
  },
);
