import { InvalidAppend } from './errors';
import type { NewEvent } from './event';
import type { ExpectedRevision } from './event-store';

/** EventStoreDB 23.10 drops live subscribers on larger batches than this; nothing in the domain decides more at once. */
export const maxEventsPerAppend = 500;
/** JSON of data and metadata in UTF-8, plus two bytes a character of the type: how the servers count. Exclusive. */
export const maxEventBytes = 64 * 1024;
/** Sum over the events of one append; the default limit of EventStoreDB up to 25.0. Exclusive. */
export const maxAppendBytes = 1024 * 1024;
export const maxNameLength = 512;

/** A {@link NewEvent} whose data and metadata are the JSON text that will be stored. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Control characters and lone surrogates do not survive in every store; JSON escapes them, a name cannot. */
const unstorable = /\p{Cc}|\p{Cs}/u;
const maxRevision = 2n ** 63n - 1n;

/**
 * What every adapter calls before anything is sent: some servers answer these mistakes by closing the connection, or
 * not at all. Returns the events as they are to be stored.
 * @throws InvalidAppend
 */
export function assertAppendable(
  stream: string,
  events: readonly NewEvent[],
  expected: ExpectedRevision = 'any',
): EncodedEvent[] {
  const refuse = (reason: string): never => {
    throw new InvalidAppend(stream, reason);
  };
  const flaw = nameFlaw(stream);
  if (flaw) refuse(`the stream name ${flaw}`);
  if (stream.startsWith('$')) refuse('streams that begin with $ belong to the store');
  if (typeof expected === 'bigint' && (expected < 0n || expected > maxRevision)) {
    refuse(`${expected} is not a revision`);
  }
  if (events.length === 0) refuse('there are no events in it');
  if (events.length > maxEventsPerAppend) {
    refuse(`${events.length} events are more than the ${maxEventsPerAppend} of one append`);
  }

  let bytes = 0;
  const encoded = events.map((event, index) => {
    const typeFlaw = nameFlaw(event.type);
    if (typeFlaw) refuse(`the type of event ${index} ${typeFlaw}`);
    if (!uuid.test(event.id)) refuse(`the id of event ${index} is not a lower-case UUID`);
    const data = jsonOf(event.data) ?? refuse(`the data of event ${index} cannot be written as JSON`);
    const metadata =
      jsonOf(event.metadata) ?? refuse(`the metadata of event ${index} cannot be written as JSON`);
    const size = Buffer.byteLength(data) + Buffer.byteLength(metadata) + 2 * event.type.length;
    if (size >= maxEventBytes) {
      refuse(`event ${index} has ${size} bytes, it must be less than ${maxEventBytes}`);
    }
    bytes += size;
    return { id: event.id, type: event.type, data, metadata };
  });
  if (bytes >= maxAppendBytes) {
    refuse(`its events have ${bytes} bytes, together they must be less than ${maxAppendBytes}`);
  }
  return encoded;
}

function nameFlaw(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.length > maxNameLength) return `is longer than ${maxNameLength} characters`;
  return unstorable.test(name) ? 'contains control characters' : undefined;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
