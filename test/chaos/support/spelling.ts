import type { Projection, ReadModel, RecordedEvent } from '@flowledger/event-sourcing';

/** A word a stream: any change of order, omission or repetition shows. */
export interface Word {
  readonly letters: readonly string[];
}
export const words: ReadModel<Word> = { name: 'words', version: 1, fields: [] };

/** Each event's id is a letter; `poison` are those that the code cannot fold yet. */
export const spelling = (
  category: string,
  poison: ReadonlySet<string> = new Set(),
  readModel = words,
): Projection<Word> => ({
  readModel,
  streamPrefixes: [category],
  documentIds: ({ stream }) => stream,
  evolve: ({ letters } = { letters: [] }, { id }) => {
    if (poison.has(id)) throw new Error(`cannot spell ${id}`);
    return { letters: [...letters, id] };
  },
});

/** What is in the documents when every event is folded in order: the oracle. */
export function spelled(log: readonly RecordedEvent[]): Map<string, Word> {
  const all = new Map<string, Word>();
  for (const { stream, id } of log) all.set(stream, { letters: [...(all.get(stream)?.letters ?? []), id] });
  return all;
}
