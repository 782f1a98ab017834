import type { CatalogueEvent, EventCatalogue } from '@flowledger/event-catalogue';
import { schemaFile } from './schema-files';

/** docs/events/README.md: the catalogue for people. */
export function readablePage(catalogue: EventCatalogue): string {
  const { streams, events } = catalogue;
  return [
    '# Events',
    '',
    `What Flowledger stores: ${events.length} event types in ${streams.length} categories of streams. Generated from the ` +
      'sources by `npm run catalogue`; the same as [AsyncAPI 3](asyncapi.json), which a running service serves at ' +
      '`/api/v1/events/catalogue` and shows at `/events`.',
    '',
    '- A schema version changes only when the shape does. Optional members may be added to a version; everything else is a ' +
      'new one with an upcaster beside the event, and `npm run check:events` fails until there is one.',
    '- Every version there ever was has a sample in `test/schema/history`, read by each run of the tests.',
    '- The audit trail (`GET /api/v1/events`) tells every event; it is not listed as a consumer.',
    '- As a [CloudEvent](https://cloudevents.io) an event has the type `io.flowledger.<EventType>.v<N>`, its account and ' +
      'category as `source` and its stream as `subject`; `correlationid` and `causationid` are extensions.',
    '',
    '## Who tells whom',
    '',
    '```mermaid',
    ...graph(catalogue),
    '```',
    ...streams.flatMap(({ category, address, description }) => [
      '',
      `## ${category}`,
      '',
      `Streams \`${address}\`. ${description}`.trim(),
      '',
      '| event | decided by | followed by | what it says |',
      '| --- | --- | --- | --- |',
      ...events.filter((event) => event.streams.includes(category)).map(row),
    ]),
    '',
  ].join('\n');
}

const row = ({ type, version, producers, consumers, description }: CatalogueEvent): string =>
  `| ${[
    `[${type}](${schemaFile(type, version)}) v${version}`,
    producers.map(({ decider, commands }) => `\`${decider}\` on ${commands.join(', ')}`).join('; '),
    consumers.map(({ name }) => `\`${name}\``).join(', ') || '–',
    description.replaceAll('|', '\\|'),
  ].join(' | ')} |`;

function graph({ streams, events }: EventCatalogue): string[] {
  const edges = new Map<string, number>();
  const add = (edge: string): unknown => edges.set(edge, (edges.get(edge) ?? 0) + 1);
  const nodes = new Set<string>();
  for (const { streams: categories, producers, consumers } of events) {
    for (const category of categories) {
      for (const { decider } of producers) {
        nodes.add(`  ${decider}[${decider}]`);
        add(`  ${decider} --> s_${category}`);
      }
      for (const { kind, name } of consumers) {
        const id = `c_${name.replaceAll('-', '_')}`;
        nodes.add(kind === 'projection' ? `  ${id}[/${name}/]` : `  ${id}{{${name}}}`);
        add(`  s_${category} -->|EVENTS| ${id}`);
      }
    }
  }
  return [
    'flowchart LR',
    ...streams.map(({ category }) => `  s_${category}[(${category})]`),
    ...[...nodes].sort(),
    ...[...edges].sort().map(([edge, count]) => edge.replace('EVENTS', `${count}`)),
  ];
}
