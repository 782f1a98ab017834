import { EventStoreUnavailable, MalformedPosition, StreamDeleted } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';
import { classify } from './client-errors';
import type { ReadCall, ReadSink } from './client/read-call';
import type { StoreClient } from './client/store-client';
import type { Connection } from './connection';
import { OwnTimeout } from './deadline';

/** Bounds what one read holds in memory. */
export const pageSize = 500;

/**
 * One page, complete or not at all. A missing stream is an empty page.
 *
 * @param subject stream or position that is read, for the error
 * @param silenceMs before the first event and between two of them
 * @throws StreamDeleted, MalformedPosition, EventStoreUnavailable
 */
export async function readPage(
  connection: Connection,
  subject: string,
  open: (client: StoreClient, sink: ReadSink) => ReadCall,
  silenceMs = connection.timers.readTimeoutMs,
): Promise<RecordedEvent[]> {
  const lease = await connection.lease();
  const ticket = connection.breaker.admit();
  const events: RecordedEvent[] = [];
  const reading = open(lease.client, {
    message(message) {
      silence.refresh();
      if (message?.kind === 'event') events.push(message.event);
    },
    discarded: () => void connection.counts.discarded++,
    serverTime: (time) => connection.serverClock.observe(time),
  });
  const silence = setTimeout(
    () => reading.cancel(new OwnTimeout(`Reading ${subject}`, silenceMs)),
    silenceMs,
  );
  try {
    await reading.done;
    connection.breaker.succeeded();
    return events;
  } catch (error) {
    const failure = readError(error as Error, subject);
    if (failure instanceof EventStoreUnavailable) connection.breaker.failed(ticket, error as Error);
    else connection.breaker.succeeded();
    if (error instanceof OwnTimeout) await connection.renew(lease, error);
    throw failure;
  } finally {
    clearTimeout(silence);
  }
}

function readError(error: Error, subject: string): Error {
  if (error instanceof EventStoreUnavailable) return error;
  const { kind } = classify(error);
  if (kind === 'deleted') return new StreamDeleted(subject);
  if (kind === 'bad-position') return new MalformedPosition(subject);
  if (kind === 'denied')
    return new EventStoreUnavailable(
      `EventStoreDB refuses to read ${subject}: give the account that right ($all needs it in the $settings ACL)`,
      { cause: error },
    );
  return new EventStoreUnavailable(`EventStoreDB did not answer while reading ${subject}`, { cause: error });
}
