import type { Event, RecordedEvent } from './event';
import type { ReadModel } from './read-model-store';

/** How events fold into the documents of one read model. Pure: (document, event) → document, or undefined for none. */
export interface Projection<Doc extends object, E extends Event = Event> {
  readonly readModel: ReadModel<Doc>;
  /** Only events of streams whose name begins with one of these are shown to it. */
  readonly streamPrefixes: readonly string[];
  /** Which documents the event concerns, within the account of the event; undefined for none. */
  documentIds(event: RecordedEvent<E>): string | readonly string[] | undefined;
  evolve(document: Doc | undefined, event: RecordedEvent<E>, documentId: string): Doc | undefined;
}

/** A projection in a list of others; its own types were checked where it was defined. */
export interface AnyProjection {
  readonly readModel: ReadModel<never>;
  readonly streamPrefixes: readonly string[];
  documentIds(event: RecordedEvent): string | readonly string[] | undefined;
  evolve(document: object | undefined, event: RecordedEvent, documentId: string): object | undefined;
}

export const concerns = (
  { streamPrefixes }: Pick<AnyProjection, 'streamPrefixes'>,
  event: RecordedEvent,
): boolean => streamPrefixes.some((prefix) => event.stream.startsWith(prefix));
