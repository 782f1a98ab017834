import { StreamDeleted, streamRevision, WrongExpectedRevision } from '@flowledger/event-sourcing';
import type { EventStore, ExpectedRevision } from '@flowledger/event-sourcing';
import { collect, idsOf, newEvent, newEvents, newStream } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';

type Actual = number | 'no-stream';
/** Revision of the new event, or why it was refused: the actual revision, or the stream is deleted. */
type Outcome = { readonly at: number } | { readonly wrong: Actual } | 'deleted';
type Row = readonly [expected: ExpectedRevision, outcome: Outcome];

const exactly = streamRevision;
/** The last revision of a stream that has had events. */
const last = 2;

const neverWritten: Row[] = [
  ['any', { at: 0 }],
  ['no-stream', { at: 0 }],
  ['stream-exists', { wrong: 'no-stream' }],
  [exactly(0), { wrong: 'no-stream' }],
  [exactly(5), { wrong: 'no-stream' }],
];
const live: Row[] = [
  ['any', { at: last + 1 }],
  ['no-stream', { wrong: last }],
  ['stream-exists', { at: last + 1 }],
  [exactly(last), { at: last + 1 }],
  [exactly(last - 1), { wrong: last }],
  [exactly(0), { wrong: last }],
  [exactly(last + 1), { wrong: last }],
];
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

async function expectOutcome(
  store: EventStore,
  stream: string,
  expected: ExpectedRevision,
  outcome: Outcome,
): Promise<void> {
  const event = newEvent();
  const append = store.append(stream, expected, [event]);
  if (outcome === 'deleted') {
    await expect(append).rejects.toBeInstanceOf(StreamDeleted);
  } else if ('wrong' in outcome) {
    const refusal: unknown = await append.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WrongExpectedRevision);
    const actual = outcome.wrong === 'no-stream' ? 'no-stream' : exactly(outcome.wrong);
    expect(refusal).toMatchObject({ stream, expected, actual });
  } else {
    expect((await append).revision).toBe(exactly(outcome.at));
  }
}

/** C3: the expectation matrix for the states that the port itself can produce. */
export function expectationContract<Store extends EventStore>({ store }: ContractContext<Store>): void {
  describe('a stream that was never written', () => {
    it.each(neverWritten)('when %s is expected: %j', async (expected, outcome) => {
      const stream = newStream();
      await expectOutcome(store(), stream, expected, outcome);
      expect(await collect(store().readStream(stream))).toHaveLength(
        outcome !== 'deleted' && 'at' in outcome ? 1 : 0,
      );
    });
  });

  describe('a live stream', () => {
    it.each(live)('when %s is expected: %j', async (expected, outcome) => {
      const stream = newStream();
      const before = newEvents(last + 1);
      await store().append(stream, 'no-stream', before);
      await expectOutcome(store(), stream, expected, outcome);
      const after = await collect(store().readStream(stream));
      expect(idsOf(after).slice(0, last + 1)).toEqual(idsOf(before));
      expect(after).toHaveLength(outcome !== 'deleted' && 'at' in outcome ? last + 2 : last + 1);
    });

    it('lets exactly one of two racing appends win, and tells the other why', async () => {
      const stream = newStream();
      const race = await Promise.allSettled(
        [newEvent(), newEvent()].map((event) => store().append(stream, 'no-stream', [event])),
      );
      const lost = race.filter((append) => append.status === 'rejected');
      expect(lost.map(({ reason }) => reason as unknown)).toEqual([expect.any(WrongExpectedRevision)]);
      expect(await collect(store().readStream(stream))).toHaveLength(1);
    });

    it('gives each of many racing writers without expectation its own revision', async () => {
      const stream = newStream();
      const results = await Promise.all(newEvents(30).map((event) => store().append(stream, 'any', [event])));
      const revisions = results.map(({ revision }) => Number(revision)).sort((a, b) => a - b);
      expect(revisions).toEqual([...Array(30).keys()]);
    });
  });
}

/** C3, C11 and C12 for the states that only the server's own tools produce. */
export function deletedStreamContract<Store extends EventStore>(context: ContractContext<Store>): void {
  const { states } = context.harness;
  if (!states) return;
  const written = async (): Promise<string> => {
    const stream = newStream();
    await context.store().append(stream, 'no-stream', newEvents(last + 1));
    return stream;
  };

  describe('a stream that has metadata only', () => {
    it.each(metadataOnly)('when %s is expected: %j', async (expected, outcome) => {
      const stream = newStream();
      await states.metadataOnly(context.store(), stream);
      await expectOutcome(context.store(), stream, expected, outcome);
    });

    it('reads as empty', async () => {
      const stream = newStream();
      await states.metadataOnly(context.store(), stream);
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
