import fc from 'fast-check';
import { logPosition, newId, streamRevision } from '@flowledger/event-sourcing';
import type { RecordedEvent, SubscriptionMessage } from '@flowledger/event-sourcing';
import { newEvent } from '@flowledger/event-sourcing/testing';
import { MessageQueue } from './message-queue';

const eventAt = (position: number): RecordedEvent => ({
  ...newEvent({ id: newId() }),
  stream: 'thing-1',
  revision: streamRevision(position),
  position: logPosition(position),
  recordedAt: '2026-01-01T00:00:00.000Z',
});

function drained(queue: MessageQueue): SubscriptionMessage[] {
  const messages: SubscriptionMessage[] = [];
  while (queue.length > 0) messages.push(queue.take()!);
  return messages;
}

const placesOf = (messages: readonly SubscriptionMessage[]): string[] =>
  messages.flatMap((message) => {
    if (message.kind === 'events') return message.events.map(({ position }) => `event ${position.commit}`);
    return message.kind === 'checkpoint' ? [`checkpoint ${message.position.commit}`] : ['caught up'];
  });

describe('a queue that waits for its consumer', () => {
  it('P14 keeps markers behind the events they follow', () => {
    const queue = new MessageQueue(undefined);
    for (const position of [1, 2, 3]) queue.event(eventAt(position));
    queue.checkpoint(logPosition(9));
    queue.caughtUp();
    expect(placesOf(drained(queue))).toEqual(['event 1', 'event 2', 'event 3', 'checkpoint 9', 'caught up']);
  });

  it('R25 hands over the event at the boundary, and a repeated one, once', () => {
    const queue = new MessageQueue(logPosition(1));
    for (const position of [1, 2, 2, 3, 2, 3]) queue.event(eventAt(position));
    expect(placesOf(drained(queue))).toEqual(['event 2', 'event 3']);
  });

  it('R10 hands over no checkpoint at an event that is still to come', () => {
    const queue = new MessageQueue(undefined);
    queue.checkpoint(logPosition(5));
    queue.event(eventAt(5));
    expect(placesOf(drained(queue))).toEqual(['event 5']);
  });

  it('R10 hands over an event whose checkpoint came before it although the server had said that all was there', () => {
    const queue = new MessageQueue(undefined);
    queue.checkpoint(logPosition(5));
    queue.caughtUp();
    queue.event(eventAt(5));
    expect(placesOf(drained(queue))).toEqual(['checkpoint 5', 'caught up', 'event 5']);
  });

  it('has the newest of several checkpoints handed over, before the event that comes next', () => {
    const queue = new MessageQueue(undefined);
    for (const position of [5, 6, 7]) queue.checkpoint(logPosition(position));
    queue.event(eventAt(8));
    expect(placesOf(drained(queue))).toEqual(['checkpoint 7', 'event 8']);
  });

  it('R12 loses nothing to whoever resumes at any place it ever named, whatever the server repeats', () => {
    const says = fc.record({
      kind: fc.constantFrom('event', 'checkpoint', 'caught-up'),
      at: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(says, { maxLength: 40 }), (script) => {
        const queue = new MessageQueue(undefined);
        // The server sends events in order; its markers and its repetitions are arbitrary.
        let next = 0;
        for (const { kind, at } of script) {
          if (kind === 'event') queue.event(eventAt(at < next ? at : ++next));
          else if (kind === 'checkpoint') queue.checkpoint(logPosition(Math.min(at, next + 1)));
          else if (kind === 'caught-up' && at === 0) queue.caughtUp();
        }
        const handed: number[] = [];
        while (queue.length > 0) {
          const message = queue.take()!;
          if (message.kind === 'events') handed.push(...message.events.map((e) => Number(e.position.commit)));
        }
        expect(handed).toEqual([...new Set(handed)].sort((a, b) => a - b));
        expect(handed.at(-1) ?? 0).toBe(next);
      }),
    );
  });
});
