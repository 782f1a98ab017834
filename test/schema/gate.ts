import type { EventCatalogue } from '@flowledger/event-catalogue';
import type { RecordedEvent, Upcasters } from '@flowledger/event-sourcing';
import { foldAll } from './folders';
import type { Sample } from './samples';
import type { PublishedSchemas } from './schemas';

/** Shapes that are stored somewhere, but that no test reads: current ones of the catalogue, older ones that are published. */
export function missingSamples(
  { events }: EventCatalogue,
  samples: readonly Sample[],
  schemas: readonly string[],
): string[] {
  const current = events.flatMap(({ type, version, streams }) => {
    return streams.map((category) => `${category}/${type}.v${version}`);
  });
  const sampled = new Set(samples.map(({ category, type, version }) => `${category}/${type}.v${version}`));
  const shapes = new Set(samples.map(({ type, version }) => `${type}.v${version}`));
  return [
    ...current
      .filter((name) => !sampled.has(name))
      .map((name) => {
        return `${name} has no sample: let the story of test/schema/story.ts contain it, then run npm run harvest:events`;
      }),
    ...schemas
      .filter((name) => !shapes.has(name))
      .map((name) => {
        return `${name} is published, but has no sample: samples of old shapes stay for ever, take it back from the history`;
      }),
  ];
}

/** What is wrong with a stored event: its current shape does not fit the schema, or something cannot fold it. */
export function unreadable(
  { name, event }: Pick<Sample, 'name' | 'event'>,
  upcasters: Upcasters,
  schemas: PublishedSchemas,
  before: readonly RecordedEvent[] = [],
): string[] {
  try {
    const current = upcasters.upcast(event);
    const problems = schemas.problems(current.type, current.metadata.schemaVersion, current.data);
    if (problems.length === 0) {
      foldAll([current]);
      foldAll([...before, current]);
    }
    return problems.map(
      (problem) => `${name}, as ${current.type} of version ${current.metadata.schemaVersion}: ${problem}`,
    );
  } catch (error) {
    return [`${name}: ${String(error)}`];
  }
}
