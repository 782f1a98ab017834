import { StreamDeleted, streamRevision } from '@flowledger/event-sourcing';
import type { EventStore } from '@flowledger/event-sourcing';
import { collect, newEvents, newStream, whereOffered } from './event-store-fixtures';
import type { ContractContext, StreamStates } from './event-store-fixtures';
import { expectOutcome, last } from './event-store.expectation.contract';
import type { Row } from './event-store.expectation.contract';

const exactly = streamRevision;
const metadataOnly: Row[] = [
  ['any', { at: 0 }],
  ['no-stream', { at: 0 }],
  ['stream-exists', { at: 0 }],
  [exactly(0), { wrong: 'no-stream' }],
];
const softDeleted: Row[] = [
  ['any', { at: last + 1 }],
  ['no-stream', { at: last + 1 }],
  ['stream-exists', 'deleted'],
  [exactly(last), { at: last + 1 }],
  [exactly(0), { wrong: last }],
  [exactly(last + 1), { wrong: last }],
];
const tombstoned: Row[] = (['any', 'no-stream', 'stream-exists', exactly(last)] as const).map((expected) => [
  expected,
  'deleted',
]);

/** C3, C11 and C12 for the states that only the server's own tools produce. */
export function deletedStreamContract<Store extends EventStore>(context: ContractContext<Store>): void {
  whereOffered(context.harness.states, 'C3, C11, C12: deletion', (states) => deletedStreams(context, states));
}

function deletedStreams<Store extends EventStore>(
  context: ContractContext<Store>,
  states: StreamStates<Store>,
): void {
  const written = async (): Promise<string> => {
    const stream = newStream();
    await context.store().append(stream, 'no-stream', newEvents(last + 1));
    return stream;
  };

  describe('a stream that has metadata only', () => {
    it.each(metadataOnly)('when %s is expected: %j', async (expected, outcome) => {
      const stream = newStream();
      await states.setMetadata(context.store(), stream, { maxCount: 100 });
      await expectOutcome(context.store(), stream, expected, outcome);
    });

    it('reads as empty', async () => {
      const stream = newStream();
      await states.setMetadata(context.store(), stream, { maxCount: 100 });
      expect(await collect(context.store().readStream(stream))).toEqual([]);
    });
  });

  describe('a soft-deleted stream', () => {
    it.each(softDeleted)('when %s is expected: %j', async (expected, outcome) => {
      const stream = await written();
      await states.softDelete(context.store(), stream);
      await expectOutcome(context.store(), stream, expected, outcome);
    });

    it('reads as empty', async () => {
      const stream = await written();
      await states.softDelete(context.store(), stream);
      expect(await collect(context.store().readStream(stream))).toEqual([]);
    });

    it.each(['any', 'no-stream'] as const)(
      'answers a repeated append at %s with the old numbers and writes nothing',
      async (expected) => {
        const stream = newStream();
        const events = newEvents(3);
        const original = await context.store().append(stream, 'no-stream', events);
        await states.softDelete(context.store(), stream);
        expect((await context.store().append(stream, expected, events)).revision).toBe(original.revision);
        expect(await collect(context.store().readStream(stream))).toEqual([]);
      },
    );
  });

  describe('a tombstoned stream', () => {
    it.each(tombstoned)('when %s is expected: %j', async (expected, outcome) => {
      const stream = await written();
      await states.tombstone(context.store(), stream);
      await expectOutcome(context.store(), stream, expected, outcome);
    });

    it('cannot be read', async () => {
      const stream = await written();
      await states.tombstone(context.store(), stream);
      await expect(collect(context.store().readStream(stream))).rejects.toBeInstanceOf(StreamDeleted);
    });

    it('leaves its events in the log', async () => {
      const stream = await written();
      await states.tombstone(context.store(), stream);
      expect(await collect(context.store().readAll({ streamPrefixes: [stream] }))).not.toHaveLength(0);
    });
  });
}
