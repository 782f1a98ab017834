import type { FakeAppendOutcome, FakeExpectation, FakeStreamState, ProposedEvent } from './fake-event';

/** What the decision needs to know about the stream. */
export interface StreamSituation {
  readonly state: FakeStreamState;
  /** Last revision ever written, -1 when there is none; soft deletion does not lower it. */
  readonly last: bigint;
  readonly stored: (revision: bigint) => { readonly id: string; readonly position: bigint } | undefined;
  /** Weak idempotency: the revision this id has in this stream, as far as the server's cache remembers. */
  readonly remembered: (id: string) => bigint | undefined;
}

/** The server's decision on one append: an outcome without writing, or `write`. */
export function decideAppend(
  { state, last, stored, remembered }: StreamSituation,
  expected: FakeExpectation,
  events: readonly ProposedEvent[],
): FakeAppendOutcome | 'write' {
  if (state === 'tombstoned') return { kind: 'stream-deleted' };
  const wrong = { kind: 'wrong-expected-version', current: last < 0n ? undefined : last } as const;
  const success = (revision: bigint) =>
    ({ kind: 'success', revision, position: stored(revision)?.position }) as const;

  if (expected === 'any' || expected === 'stream_exists') {
    if (expected === 'stream_exists' && state === 'missing') return wrong;
    if (expected === 'stream_exists' && state === 'soft-deleted') return { kind: 'stream-deleted' };
    const first = remembered(events[0]!.id);
    if (first === undefined) return 'write';
    const allKnown = events.every(({ id }) => remembered(id) !== undefined);
    return allKnown ? success(first + BigInt(events.length - 1)) : wrong;
  }

  const from = expected === 'no_stream' ? -1n : expected;
  if (from === last) return 'write';
  if (from > last) return wrong;
  const matching = events.findIndex(({ id }, index) => stored(from + 1n + BigInt(index))?.id !== id);
  if (matching === -1) return success(from + BigInt(events.length));
  return expected === 'no_stream' && state === 'soft-deleted' && matching === 0 ? 'write' : wrong;
}
