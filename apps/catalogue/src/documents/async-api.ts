import { cloudEventType } from '@flowledger/event-catalogue';
import type {
  AsyncApiChannel,
  AsyncApiDocument,
  AsyncApiMessage,
  AsyncApiOperation,
  CatalogueEvent,
  CatalogueStream,
  EventCatalogue,
} from '@flowledger/event-catalogue';

const description =
  'What Flowledger stores: facts decided by its deciders, each in one stream, in one log. A channel is a category of ' +
  'streams. Generated from the sources; the schemas of older versions lie in docs/events/schemas.';

/** Data of a stored event by type, to show. */
export type Examples = ReadonlyMap<string, unknown>;

/** @param metadata JSON Schema of the metadata that every event carries */
export function asyncApiDocument(
  catalogue: EventCatalogue,
  metadata: object,
  examples: Examples,
): AsyncApiDocument {
  const { streams, events } = catalogue;
  const license = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' };
  return {
    asyncapi: '3.0.0',
    info: { title: 'Flowledger events', version: '1', description, license },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(streams.map((stream) => [stream.category, channel(stream, events)])),
    operations: Object.fromEntries(streams.flatMap(({ category }) => operations(category, events))),
    components: {
      messages: Object.fromEntries(events.map((event) => [event.type, message(event, examples)])),
      messageTraits: { recorded: { headers: metadata } },
    },
  };
}

const inCategory = (events: readonly CatalogueEvent[], category: string): readonly CatalogueEvent[] =>
  events.filter(({ streams }) => streams.includes(category));

function channel(
  { category, address, description }: CatalogueStream,
  events: readonly CatalogueEvent[],
): AsyncApiChannel {
  const parameters = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return {
    address,
    description,
    parameters: Object.fromEntries(
      parameters.map((name) => [name, { description: `\`${name}\` in the stream's name` }]),
    ),
    messages: Object.fromEntries(
      inCategory(events, category).map(({ type }) => [type, { $ref: `#/components/messages/${type}` }]),
    ),
  };
}

/** One `send` for each decider that writes to the category, one `receive` for each that follows it. */
function operations(category: string, all: readonly CatalogueEvent[]): [string, AsyncApiOperation][] {
  const events = inCategory(all, category);
  const operation = (
    action: AsyncApiOperation['action'],
    name: string,
    summary: string,
    takesPart: (event: CatalogueEvent) => boolean,
  ): [string, AsyncApiOperation] => [
    `${action}.${category}.${name}`,
    {
      action,
      channel: { $ref: `#/channels/${category}` },
      summary,
      messages: events
        .filter(takesPart)
        .map(({ type }) => ({ $ref: `#/channels/${category}/messages/${type}` })),
    },
  ];
  const deciders = new Set(events.flatMap(({ producers }) => producers.map(({ decider }) => decider)));
  const consumers = new Map(
    events.flatMap((event) => event.consumers.map((consumer) => [consumer.name, consumer.kind] as const)),
  );
  return [
    ...[...deciders]
      .sort()
      .map((decider) =>
        operation('send', decider, `${decider} decides them`, ({ producers }) =>
          producers.some((producer) => producer.decider === decider),
        ),
      ),
    ...[...consumers]
      .sort()
      .map(([name, kind]) =>
        operation('receive', name, `The ${kind} ${name} follows them`, (event) =>
          event.consumers.some((consumer) => consumer.name === name),
        ),
      ),
  ];
}

const message = (event: CatalogueEvent, examples: Examples): AsyncApiMessage => ({
  name: cloudEventType(event.type, event.version),
  title: event.type,
  summary: event.description,
  traits: [{ $ref: '#/components/messageTraits/recorded' }],
  payload: event.schema,
  examples: examples.has(event.type) ? [{ name: 'stored', payload: examples.get(event.type) }] : [],
  'x-schema-version': event.version,
  'x-owner': event.owner,
  'x-streams': event.streams,
  'x-producers': event.producers,
  'x-consumers': event.consumers,
});
