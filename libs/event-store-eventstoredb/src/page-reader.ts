import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import { EventStoreUnavailable, MalformedPosition, StreamDeleted } from '@flowledger/event-sourcing';
import type { ClientLease } from './client-lease';
import { classify } from './client-errors';
import type { Connection } from './connection';
import { OwnTimeout, within } from './deadline';
import type { ClientEvent } from './event-codec';

/** Bounds what one read holds in memory: the client buffers all that the server sends. */
export const pageSize = 500;

type PageOf = (
  client: ClientLease['client'],
) => AsyncIterable<ResolvedEvent | AllStreamResolvedEvent> & { cancel(): Promise<void> };

/**
 * One page, complete or not at all. A missing stream is an empty page.
 *
 * @param subject stream or position that is read, for the error
 * @throws StreamDeleted, MalformedPosition, EventStoreUnavailable
 */
export async function readPage(
  connection: Connection,
  subject: string,
  open: PageOf,
): Promise<ClientEvent[]> {
  const lease = await connection.lease();
  const { readTimeoutMs } = connection.timers;
  const events: ClientEvent[] = [];
  const reading = open(lease.client);
  try {
    const messages = reading[Symbol.asyncIterator]();
    for (;;) {
      const next = await within(messages.next(), readTimeoutMs, `Reading ${subject}`, lease.retired);
      if (next.done) return events;
      if (next.value.event) events.push(next.value.event);
    }
  } catch (error) {
    reading.cancel().catch(() => undefined);
    if (error instanceof OwnTimeout) await connection.renew(lease, error);
    const { kind } = classify(error);
    if (kind === 'not-found') return [];
    throw readError(error, kind, subject);
  }
}

function readError(error: unknown, kind: ReturnType<typeof classify>['kind'], subject: string): Error {
  if (error instanceof EventStoreUnavailable) return error;
  if (kind === 'deleted') return new StreamDeleted(subject);
  if (kind === 'bad-position') return new MalformedPosition(subject);
  if (kind === 'denied')
    return new EventStoreUnavailable(
      `EventStoreDB refuses to read ${subject}: give the account that right ($all needs it in the $settings ACL)`,
      { cause: error },
    );
  return new EventStoreUnavailable(`EventStoreDB did not answer while reading ${subject}`, { cause: error });
}
