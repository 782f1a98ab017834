import { upcasters } from '@flowledger/event-catalogue';
import { generate } from '../../apps/catalogue/src/generate';
import { brokenSchemas } from '../../apps/catalogue/src/documents/schema-files';
import { deciders } from './folders';
import { missingSamples, unreadable } from './gate';
import { readSamples } from './samples';
import { published, PublishedSchemas, repository } from './schemas';
import { tellStory } from './story';

const { catalogue } = generate(repository);
const samples = readSamples();
const ofTheKernel = catalogue.events
  .filter(({ owner }) => owner === 'event-sourcing')
  .map(({ type }) => type);
const schemas = new PublishedSchemas(ofTheKernel);

describe('the published schemas', () => {
  it('hold for the types that the sources have now', () =>
    expect(brokenSchemas(catalogue, published).map(({ message }) => message)).toEqual([]));
});

describe('the history', () => {
  const story = [...samples]
    .sort((a, b) => Number(a.event.position.commit - b.event.position.commit))
    .map(({ event }) => upcasters.upcast(event));

  it('has a sample of every shape that may be stored', () =>
    expect(missingSamples(catalogue, samples, schemas.names)).toEqual([]));

  it.each(samples.map((sample) => [sample.name, sample] as const))('is still read: %s', (_, sample) =>
    expect(unreadable(sample, upcasters, schemas, story)).toEqual([]),
  );

  it('holds events where their names say', () => {
    const found = samples.map(({ event }) => [
      event.stream.split('-')[0],
      event.type,
      event.metadata.schemaVersion,
    ]);
    expect(found).toEqual(samples.map(({ category, type, version }) => [category, type, version]));
  });

  it('was decided by commands that the catalogue names', () => {
    const named = new Set(
      catalogue.events.flatMap(({ type, producers }) =>
        producers.flatMap(({ commands }) => commands.map((command) => `${command} -> ${type}`)),
      ),
    );
    const seen = samples.map(({ event }) => `${event.metadata.command} -> ${event.type}`);
    expect(seen.filter((decision) => !named.has(decision))).toEqual([]);
  });

  it('is folded by the deciders of all categories', () =>
    expect(Object.keys(deciders).sort()).toEqual(catalogue.streams.map(({ category }) => category)));
});

describe('a story told today', () => {
  it('is stored in current shapes only, without a member that no schema has', async () => {
    const log = await tellStory();
    expect(log.length).toBeGreaterThan(60);
    const problems = log.flatMap((event) => unreadable({ name: event.type, event }, upcasters, schemas));
    expect(problems).toEqual([]);
    expect(log.filter(({ type, metadata }) => metadata.schemaVersion !== upcasters.versionOf(type))).toEqual(
      [],
    );
  });
});
