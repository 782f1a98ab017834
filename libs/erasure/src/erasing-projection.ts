import type { AnyProjection, RecordedEvent } from '@flowledger/event-sourcing';
import { erasureCategory, erasureStream } from './domain/erasure.events';
import type { SubjectErased } from './domain/erasure.events';
import { erasedText, subjectName } from './domain/personal-data';
import type { SubjectKind } from './domain/personal-data';

const isErasure = (event: RecordedEvent): event is RecordedEvent<SubjectErased> =>
  event.stream === erasureStream && event.type === 'SubjectErased';

/** The same projection, showing `erased` from the erasure on: a rebuild folds the same documents from erased events. */
export function erasing<P extends AnyProjection>(
  projection: P,
  kind: SubjectKind,
  members: readonly string[],
): P {
  const prefix = subjectName(kind, '');
  return {
    ...projection,
    streamPrefixes: [...projection.streamPrefixes, erasureCategory],
    documentIds(event: RecordedEvent) {
      if (!isErasure(event)) return projection.documentIds(event);
      const { subject } = event.data;
      return subject.startsWith(prefix) ? subject.slice(prefix.length) : undefined;
    },
    evolve(document: object | undefined, event: RecordedEvent, id: string) {
      if (!isErasure(event)) return projection.evolve(document, event, id);
      return document && { ...document, ...Object.fromEntries(members.map((name) => [name, erasedText])) };
    },
  };
}
