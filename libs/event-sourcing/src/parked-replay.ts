import { reasonOf } from './errors';
import type { EventStore } from './event-store';
import { failedAgain, parkedInLog, parkedOf, unparked } from './parked-events';
import type { ParkedEvent, ParkedSequence } from './parked-events';
import { comparePositions } from './positions';
import type { AnyProjection } from './projection';
import type { DocumentWrite, ReadModelStore } from './read-model-store';

export interface ParkedReplay {
  /** Events folded and released. */
  readonly replayed: number;
  /** Why the next one cannot be; undefined when the sequence is drained. */
  readonly failure?: string;
}

export interface ParkedReplayOptions {
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  readonly projections: readonly AnyProjection[];
  /** Stores all or nothing, or throws. */
  readonly commit: (writes: readonly DocumentWrite[]) => Promise<void>;
}

const pageSize = 500;

/** Item by item, in order: each event and its release are one commit, so a crash in between repeats nothing. */
export async function replayParked(
  options: ParkedReplayOptions,
  sequence: ParkedSequence,
): Promise<ParkedReplay> {
  let replayed = 0;
  for (;;) {
    const page = await parkedOf(options.readModels, sequence, pageSize);
    for (const parked of page) {
      const folding = await foldingOf(options, sequence, parked);
      let documents;
      try {
        documents = folding();
      } catch (error) {
        await options.commit([failedAgain(parked, error)]);
        return { replayed, failure: reasonOf(error) };
      }
      await options.commit([...documents, unparked(parked)]);
      replayed++;
    }
    if (page.length < pageSize) return { replayed };
  }
}

/** Reads what is needed. Only the fold itself, which is what is returned, may say that the event is still poison. */
async function foldingOf(
  { events, readModels, projections }: ParkedReplayOptions,
  { readModel: name, accountId, sequence }: ParkedSequence,
  parked: ParkedEvent,
): Promise<() => DocumentWrite[]> {
  const projection = projections.find(({ readModel }) => readModel.name === name);
  const event = await parkedInLog(events, parked);
  // A read model or an event that no longer exists: nothing is left to fold.
  if (!projection || !event) return () => [];
  let ids: readonly string[] = [sequence];
  if (sequence === `stream:${event.stream}`) {
    try {
      ids = [projection.documentIds(event) ?? []].flat();
    } catch (error) {
      return () => {
        throw error;
      };
    }
  }
  const { readModel } = projection;
  const stored = await readModels.getMany(ids.map((id) => ({ readModel, accountId, id })));
  return () =>
    ids.flatMap((id, index) => {
      const { document: before, position } = stored[index] ?? {};
      const order = position ? comparePositions(position, event.position) : -1;
      if (order === 0) return [];
      if (order > 0) throw new Error(`"${id}" has gone on without this event: rebuild ${name}`);
      const document = projection.evolve(before, event, id);
      return { readModel, accountId, id, document, position: event.position };
    });
}
