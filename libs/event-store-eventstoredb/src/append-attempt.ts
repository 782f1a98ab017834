import { EventStoreUnavailable, logPosition, streamRevision } from '@flowledger/event-sourcing';
import type { EncodedEvent, ExpectedRevision, LogPosition, StreamRevision } from '@flowledger/event-sourcing';
import { classify } from './client-errors';
import type { ClientLease } from './client-lease';
import type { Ticket } from './circuit-breaker';
import type { Connection } from './connection';
import { OwnTimeout, within } from './deadline';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
}

export type AttemptOutcome =
  /** Without a position when the server repeats an answer whose event it can no longer show. */
  | {
      readonly kind: 'success';
      readonly revision: StreamRevision;
      readonly position: LogPosition | undefined;
    }
  | { readonly kind: 'conflict'; readonly actual: bigint | undefined }
  | {
      /** `never-sent`: the connection did not come about. `unknown`: the events may be in the log. */
      readonly kind: 'deleted' | 'denied' | 'too-large' | 'never-sent' | 'unknown';
      readonly cause: unknown;
    };

/** One attempt under our own timer. Leaves a client behind that can be used: the same one or a new one. */
export async function sendAppend(
  connection: Connection,
  request: AppendRequest,
  timeLeft: number,
): Promise<AttemptOutcome> {
  const lease = await connection.lease();
  let ticket: Ticket;
  try {
    ticket = connection.breaker.admit();
  } catch (cause) {
    return { kind: 'never-sent', cause };
  }
  const timeout = Math.max(1, Math.min(connection.timers.appendAttemptTimeoutMs, timeLeft));
  const outcome =
    (await handshake(connection, lease, timeout)) ?? (await exchange(connection, lease, request, timeout));
  if (outcome.kind === 'never-sent' || outcome.kind === 'unknown')
    connection.breaker.failed(ticket, outcome.cause as Error);
  else connection.breaker.succeeded();
  return outcome;
}

async function exchange(
  connection: Connection,
  lease: ClientLease,
  { stream, expected, events }: AppendRequest,
  timeout: number,
): Promise<AttemptOutcome> {
  try {
    const append = lease.client.append(stream, expected, events);
    const answer = await within(lease.track(append), timeout, `Appending to ${stream}`);
    const { nextExpectedRevision, position } = answer;
    return {
      kind: 'success',
      revision: streamRevision(nextExpectedRevision),
      position: position && logPosition(position.commit, position.prepare),
    };
  } catch (error) {
    const failure = classify(error);
    switch (failure.kind) {
      case 'conflict':
        return failure;
      case 'deleted':
      case 'denied':
      case 'too-large':
      case 'never-sent':
        return { kind: failure.kind, cause: error };
    }
    if (failure.kind !== 'unavailable') await connection.renew(lease, error as Error);
    return { kind: 'unknown', cause: error };
  }
}

/** Until the server has answered something on this connection, a failure means that nothing was written. */
async function handshake(
  connection: Connection,
  lease: ClientLease,
  timeout: number,
): Promise<AttemptOutcome | undefined> {
  const greeting = lease.client.ready();
  if (!greeting) return undefined;
  try {
    await within(greeting, timeout, 'Connecting', lease.retired);
    return undefined;
  } catch (error) {
    const { kind } = classify(error);
    if (error instanceof OwnTimeout || kind === 'unknown') await connection.renew(lease, error as Error);
    if (error instanceof EventStoreUnavailable) await connection.lease();
    return { kind: kind === 'denied' ? 'denied' : 'never-sent', cause: error };
  }
}
