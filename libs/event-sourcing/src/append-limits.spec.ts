import { assertAppendable, maxEventBytes, maxEventsPerAppend } from './append-limits';
import { InvalidAppend } from './errors';
import type { NewEvent } from './event';
import { newId } from './event-ids';
import { streamRevision } from './positions';

const event = (over: Partial<NewEvent> = {}): NewEvent => ({
  id: newId(),
  type: 'Happened',
  data: { at: 'noon' },
  metadata: {
    $correlationId: 'c',
    $causationId: 'c',
    actor: 'system:test',
    accountId: '1',
    command: 'Do',
    schemaVersion: 1,
  },
  ...over,
});
const sized = (bytes: number): NewEvent => {
  const { type, metadata } = event();
  const rest = Buffer.byteLength(JSON.stringify(metadata)) + 2 * type.length + JSON.stringify('').length;
  return event({ data: 'x'.repeat(bytes - rest) });
};

describe('an append', () => {
  it('comes back as the JSON that is to be stored', () => {
    const given = event();
    expect(assertAppendable('order-1', [given])).toEqual([
      {
        id: given.id,
        type: 'Happened',
        data: '{"at":"noon"}',
        metadata: JSON.stringify(given.metadata),
      },
    ]);
  });

  it('may have events up to one byte below the limit', () => {
    expect(assertAppendable('order-1', [sized(maxEventBytes - 1)])).toHaveLength(1);
  });

  it('may have the largest number of events', () => {
    const events = Array.from({ length: maxEventsPerAppend }, () => event());
    expect(assertAppendable('order-1', events)).toHaveLength(maxEventsPerAppend);
  });

  it.each<[string, string, NewEvent[], bigint?]>([
    ['without events', 'order-1', []],
    ['with too many events', 'order-1', Array.from({ length: maxEventsPerAppend + 1 }, () => event())],
    ['with an event at the limit', 'order-1', [sized(maxEventBytes)]],
    ['that is too large as a whole', 'order-1', Array.from({ length: 17 }, () => sized(maxEventBytes - 1))],
    ['to a stream without a name', '', [event()]],
    ['to a stream with a very long name', 'o'.repeat(513), [event()]],
    ['to a stream with NUL in its name', 'order\0-1', [event()]],
    ['to a stream with half a character in its name', 'order-\ud800', [event()]],
    ['to a system stream', '$order-1', [event()]],
    ['without a type', 'order-1', [event({ type: '' })]],
    ['with an id that is no UUID', 'order-1', [event({ id: 'first' })]],
    ['with data that is not JSON', 'order-1', [event({ data: { count: 1n } })]],
    ['without data', 'order-1', [event({ data: undefined })]],
    ['at a revision that no stream can have', 'order-1', [event()], 2n ** 63n],
    ['at a negative revision', 'order-1', [event()], -1n],
  ])('is refused %s', (_, stream, events, expected = 0n) => {
    expect(() => assertAppendable(stream, events, streamRevision(expected))).toThrow(InvalidAppend);
  });
});
