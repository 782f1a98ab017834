import { setTimeout as pause } from 'node:timers/promises';
import { comparePositions } from '@flowledger/event-sourcing';
import type { EventStore, LogPosition } from '@flowledger/event-sourcing';
import { collect, idsOf, SubscriptionReader } from '@flowledger/event-sourcing/testing';
import { afterThisTest } from './frame/clean-up';
import { chaosCase } from './frame/chaos-case';
import { everyLog } from './support/everywhere';
import { written } from './support/written';

/** Reads on from the last event it saw, again and again: what becomes visible late is never seen. */
async function pollUntil(done: () => boolean, events: EventStore, category: string): Promise<string[]> {
  const seen: string[] = [];
  let from: LogPosition | undefined;
  for (let last = false; ; last = done()) {
    for await (const { id, position } of events.readAll({
      streamPrefixes: [category],
      ...(from && { from }),
    })) {
      seen.push(id);
      from = position;
    }
    if (last) return seen;
    await pause(Math.random() * 3);
  }
}

chaosCase('R23', 'no reader sees a hole that is filled later, whatever the writers do', everyLog, (open) => {
  it('20 dawdling writers, 4 readers that poll and one that subscribes', async () => {
    const { events, category } = await open();
    let done = false;
    const pollers = Array.from({ length: 4 }, () => pollUntil(() => done, events, category));
    const subscriber = new SubscriptionReader(events, { streamPrefixes: [category] });
    afterThisTest(() => subscriber.stop());
    await written(
      { events, category },
      { streams: 20, each: 30, perAppend: 2, before: () => pause(Math.random() * 8) },
    );
    done = true;
    const log = await collect(events.readAll({ streamPrefixes: [category] }));
    expect(log).toHaveLength(600);
    const positions = log.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort(comparePositions));
    for (const seen of await Promise.all(pollers)) expect(seen).toEqual(idsOf(log));
    await subscriber.received(600);
    expect(subscriber.ids).toEqual(idsOf(log));
  });
});
