import type { Event, Projection, RecordedEvent } from '@flowledger/event-sourcing';
import { recorded } from './recorded';
import type { RecordedAt } from './recorded';

/** given(…events).then(id, document | undefined): what a projection folds, event by event. */
export const projectionSpec =
  <Doc extends object, E extends Event>(projection: Projection<Doc, E>, options: RecordedAt = {}) =>
  (...events: (E | RecordedEvent<E>)[]) => {
    const documents = new Map<string, Doc>();
    events.forEach((given, index) => {
      const event = 'recordedAt' in given ? given : recorded<E>(given, index, options);
      for (const id of [projection.documentIds(event) ?? []].flat()) {
        const document = projection.evolve(documents.get(id), event, id);
        if (document === undefined) documents.delete(id);
        else documents.set(id, document);
      }
    });
    return {
      then: (id: string, expected: Doc | undefined): void => expect(documents.get(id)).toEqual(expected),
      document: (id: string): Doc | undefined => documents.get(id),
    };
  };
