import type { EventStore, StreamRevision } from '@flowledger/event-sourcing';
import { newEvents } from '@flowledger/event-sourcing/testing';

export interface Plan {
  readonly streams: number;
  /** Events of each stream. */
  readonly each: number;
  readonly perAppend?: number;
  /** Awaited before each append: where a writer dawdles. */
  readonly before?: () => Promise<unknown>;
}

/** Every stream has a writer of its own, all at once; each expects what it wrote itself. */
export async function written(
  { events, category }: { readonly events: EventStore; readonly category: string },
  { streams, each, perAppend = 1, before }: Plan,
): Promise<string[]> {
  const names = Array.from({ length: streams }, (_, index) => `${category}${index}`);
  await Promise.all(
    names.map(async (stream) => {
      let expected: 'no-stream' | StreamRevision = 'no-stream';
      for (let done = 0; done < each; done += perAppend) {
        await before?.();
        const batch = newEvents(Math.min(perAppend, each - done));
        ({ revision: expected } = await events.append(stream, expected, batch));
      }
    }),
  );
  return names;
}

/** `full` events at scale 1, the documented size; FLOWLEDGER_CHAOS_SCALE makes it smaller. */
export const scaled = (full: number): number =>
  Math.max(1_000, Math.round(full * Number(process.env['FLOWLEDGER_CHAOS_SCALE'] ?? 1)));
