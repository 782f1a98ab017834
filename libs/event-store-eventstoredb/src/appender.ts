import {
  assertAppendable,
  EventStoreUnavailable,
  InvalidAppend,
  StreamDeleted,
  streamRevision,
  UnknownOutcome,
  WrongExpectedRevision,
} from '@flowledger/event-sourcing';
import type { AppendResult, ExpectedRevision, NewEvent, StreamRevision } from '@flowledger/event-sourcing';
import { headOf } from './all-reader';
import { findAppended } from './append-reconciliation';
import { sendAppend } from './append-attempt';
import type { AppendRequest } from './append-attempt';
import type { Connection } from './connection';

const firstPauseMs = 20;
const longestPauseMs = 1_000;

/** Checked, let through the gate, and then repeated until there is a definite answer or the time is up. */
export async function append(
  connection: Connection,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<AppendResult> {
  const request = { stream, expected, events: assertAppendable(stream, events, expected) };
  const deadline = performance.now() + connection.timers.appendTimeoutMs;
  // Who comes while the store does not answer is told so; who was under way when it stopped waits for it.
  connection.breaker.assertClosed();
  return connection.gate.run(() => appendUntil(connection, request, deadline));
}

/**
 * Every attempt repeats the same ids and the *original* expectation, so the server recognises what an earlier attempt
 * wrote; where it cannot, the ids are read back.
 */
async function appendUntil(
  connection: Connection,
  request: AppendRequest,
  deadline: number,
): Promise<AppendResult> {
  const { stream, expected } = request;
  const ids = request.events.map(({ id }) => id);
  let perhapsWritten = false;
  for (let attempt = 0; ; attempt++) {
    const outcome = await sendAppend(connection, request, deadline - performance.now());
    switch (outcome.kind) {
      case 'success':
        return outcome.position
          ? { revision: outcome.revision, position: outcome.position }
          : await withPosition(connection, outcome.revision);
      case 'conflict': {
        const earlier = await reconcile(connection, stream, expected, ids);
        if (earlier) return earlier;
        const actual = outcome.actual === undefined ? 'no-stream' : streamRevision(outcome.actual);
        throw new WrongExpectedRevision(stream, expected, actual);
      }
      case 'deleted':
        throw new StreamDeleted(stream);
      case 'too-large':
        throw new InvalidAppend(stream, 'the server does not take so many bytes in one append');
      case 'denied':
        throw new EventStoreUnavailable(
          `EventStoreDB refuses appends to ${stream}: check the account's rights`,
          {
            cause: outcome.cause,
          },
        );
      case 'never-sent':
        break;
      case 'unknown': {
        perhapsWritten = true;
        const earlier = await findAppended(connection, stream, expected, ids).catch(() => undefined);
        if (earlier) return earlier;
      }
    }
    const pause = Math.min(firstPauseMs * 2 ** attempt, longestPauseMs) * (0.5 + Math.random() / 2);
    if (performance.now() + pause >= deadline) {
      if (perhapsWritten) throw new UnknownOutcome(stream, { cause: outcome.cause });
      throw new EventStoreUnavailable(
        `EventStoreDB cannot be reached${connection.serverClock.suspicion}; nothing was written`,
        { cause: outcome.cause },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** The answer to a repeated append has no position once its events are hidden: the head is not before them. */
async function withPosition(connection: Connection, revision: StreamRevision): Promise<AppendResult> {
  const position = await headOf(connection);
  if (!position) throw new EventStoreUnavailable('EventStoreDB shows no event after an append');
  return { revision, position };
}

/** @throws UnknownOutcome when the stream cannot be read */
async function reconcile(
  connection: Connection,
  stream: string,
  expected: ExpectedRevision,
  ids: readonly string[],
): Promise<AppendResult | undefined> {
  try {
    return await findAppended(connection, stream, expected, ids);
  } catch (error) {
    if (error instanceof StreamDeleted) throw error;
    throw new UnknownOutcome(stream, { cause: error });
  }
}
