import { comparePositions } from '@flowledger/event-sourcing';
import type { EventStore, LogPosition } from '@flowledger/event-sourcing';
import { collect, idsOf, SubscriptionReader } from '@flowledger/event-sourcing/testing';

/** Every place that the subscription gave out to resume from: checkpoints, and the last event of each message. */
export const placesOf = ({ messages }: SubscriptionReader): LogPosition[] =>
  messages.flatMap((message) =>
    message.kind === 'events'
      ? [message.events.at(-1)!.position]
      : message.kind === 'checkpoint'
        ? [message.position]
        : [],
  );

/** Subscribes after each place: what came before it and what comes now must be the whole log, nothing missing or doubled. */
export async function expectToResumeAt(
  places: readonly LogPosition[],
  events: EventStore,
  category: string,
): Promise<void> {
  const streamPrefixes = [category];
  const log = await collect(events.readAll({ streamPrefixes }));
  for (const after of places) {
    const rest = log.filter(({ position }) => comparePositions(position, after) > 0);
    const resumed = new SubscriptionReader(events, { after, streamPrefixes });
    await resumed.received(rest.length);
    await resumed.caughtUp();
    await resumed.stop();
    expect(resumed.ids).toEqual(idsOf(rest));
  }
}
