import { comparePositions, streamRevision } from '@flowledger/event-sourcing';
import type { EventStore } from '@flowledger/event-sourcing';
import { asAppended, collect, newEvent, newEvents, newStream } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';

const payloads: [string, unknown][] = [
  ['an empty object', {}],
  ['an empty text', ''],
  ['an empty list', []],
  ['null', null],
  ['false', false],
  ['text outside of ASCII', { text: 'Größe, 流日志, 🛰️, \u2028' }],
  ['NUL and other control characters', { text: 'a\0b\u001f\u007f' }],
  ['half of a surrogate pair', { text: 'a\ud83db' }],
  ['numbers as JSON has them', [0, -1, 1.5, 1e-7, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE]],
  ['deep nesting', JSON.parse(`${'{"in":['.repeat(60)}1${']}'.repeat(60)}`)],
  ['keys in their order', { z: 1, a: 2, m: { y: 1, b: 2 } }],
  ['63 kB of text', { text: 'x'.repeat(63_000) }],
  ['60 kB in three-byte characters', { text: '流'.repeat(20_000) }],
];

/** C1 and C2 of the check-list: what goes in comes out, numbered from 0 without gaps. */
export function appendContract<Store extends EventStore>({ store }: ContractContext<Store>): void {
  describe('an appended event', () => {
    it.each(payloads)('keeps %s as its data', async (_, data) => {
      const stream = newStream();
      const event = newEvent({ data });
      await store().append(stream, 'no-stream', [event]);
      const [read] = await collect(store().readStream(stream));
      expect(JSON.stringify(read!.data)).toBe(JSON.stringify(data));
    });

    it('keeps id, type and every member of its metadata', async () => {
      const stream = newStream();
      const event = newEvent({
        type: 'Größe.Changed/v2',
        metadata: {
          ...newEvent().metadata,
          regionId: 'cn-hangzhou',
          traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
          spanId: '00f067aa0ba902b7',
          schemaVersion: 7,
        },
      });
      await store().append(stream, 'no-stream', [event]);
      const read = await collect(store().readStream(stream));
      expect(read.map(asAppended)).toEqual([event]);
      expect(read[0]!.stream).toBe(stream);
    });

    it('says when it was recorded: ISO 8601, UTC, milliseconds', async () => {
      const stream = newStream();
      await store().append(stream, 'no-stream', [newEvent()]);
      const [read] = await collect(store().readStream(stream));
      expect(read!.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    it('is numbered from 0 without gaps, across appends of any size', async () => {
      const stream = newStream();
      const sizes = [1, 3, 1, 40];
      let last = -1;
      for (const size of sizes) {
        const expected = last < 0 ? 'no-stream' : streamRevision(last);
        const { revision } = await store().append(stream, expected, newEvents(size));
        last += size;
        expect(revision).toBe(streamRevision(last));
      }
      const read = await collect(store().readStream(stream));
      expect(read.map(({ revision }) => Number(revision))).toEqual([...Array(last + 1).keys()]);
    });

    it('is where the result of its append says', async () => {
      const stream = newStream();
      const first = await store().append(stream, 'no-stream', newEvents(3));
      const second = await store().append(stream, first.revision, newEvents(2));
      const read = await collect(store().readStream(stream));
      expect(read[2]).toMatchObject({ revision: first.revision, position: first.position });
      expect(read[4]).toMatchObject({ revision: second.revision, position: second.position });
      expect(comparePositions(first.position, second.position)).toBeLessThan(0);
    });

    it('is numbered by its own stream only', async () => {
      const [one, other] = [newStream(), newStream()];
      await store().append(one, 'no-stream', newEvents(5));
      const { revision } = await store().append(other, 'no-stream', newEvents(1));
      expect(revision).toBe(streamRevision(0));
    });

    it('keeps the name of its stream, whatever characters it has', async () => {
      const stream = `${newStream()}/größe 流 %_*[x]"';--`;
      await store().append(stream, 'no-stream', [newEvent()]);
      expect((await collect(store().readStream(stream))).map((event) => event.stream)).toEqual([stream]);
    });
  });
}
