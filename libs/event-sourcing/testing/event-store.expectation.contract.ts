import { StreamDeleted, streamRevision, WrongExpectedRevision } from '@flowledger/event-sourcing';
import type { EventStore, ExpectedRevision } from '@flowledger/event-sourcing';
import { collect, idsOf, newEvent, newEvents, newStream } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';

type Actual = number | 'no-stream';
/** Revision of the new event, or why it was refused: the actual revision, or the stream is deleted. */
type Outcome = { readonly at: number } | { readonly wrong: Actual } | 'deleted';
export type Row = readonly [expected: ExpectedRevision, outcome: Outcome];

const exactly = streamRevision;
/** The last revision of a stream that has had events. */
export const last = 2;

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

export async function expectOutcome(
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
