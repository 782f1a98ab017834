import { formatPosition, newId } from '@flowledger/event-sourcing';
import { newCategory, newEvents, SubscriptionReader } from '@flowledger/event-sourcing/testing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase, notApplicable } from './frame/chaos-case';
import { bothProfiles, holdsNoLog } from './support/everywhere';
import { connectedTo, fakeServer } from './support/stores';

const mutable = (profile: 'legacy' | 'modern') => async () => {
  const server = await fakeServer({ profile });
  return { server, events: await connectedTo(server.connectionString) };
};

chaosCase(
  'R2',
  'a subscription that hangs at one event is given up because the log went on, not because of silence, and the place is named',
  {
    embedded: notApplicable('no server delivers its events'),
    'EventStoreDB fake': bothProfiles(mutable),
    'real EventStoreDB': notApplicable('a sound server cannot be made to swallow events'),
    'MongoDB fake': holdsNoLog,
  },
  (open) => {
    it('silence alone ends nothing, however often it is looked into', async () => {
      const { events } = await open();
      const category = newCategory();
      const reader = new SubscriptionReader(events, { streamPrefixes: [category] });
      afterThisTest(() => reader.stop());
      await reader.caughtUp();
      for (let probes = 0; probes < 5; probes++) {
        const before = reader.messages.length;
        await events.append(`noise-${newId()}`, 'no-stream', newEvents(1));
        // The probe has looked when it has moved the place along the log.
        await reader.until(() => reader.messages.length > before);
      }
      expect(reader.messages.every(({ kind }) => kind !== 'events')).toBe(true);
      await reader.stop();
      expect(await reader.ended).toBeUndefined();
    });

    it('an event that does not come ends it, with the position of that event', async () => {
      const { server, events } = await open();
      const stream = `${newCategory()}1`;
      const { revision } = await events.append(stream, 'no-stream', newEvents(3));
      const reader = new SubscriptionReader(events, { streamPrefixes: [stream] });
      await reader.received(3);
      await reader.caughtUp();
      server.faults.subscriptionsMute = true;
      const { position } = await events.append(stream, revision, newEvents(1));
      expect(String(await reader.ended)).toContain(formatPosition(position));
    });
  },
);
