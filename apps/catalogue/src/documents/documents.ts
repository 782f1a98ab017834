import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventCatalogue } from '@flowledger/event-catalogue';
import { asyncApiDocument } from './async-api';
import type { Examples } from './async-api';
import { readablePage } from './page';
import { schemaFiles } from './schema-files';

/** Everything below docs/events that is generated, by path. */
export function documents(
  catalogue: EventCatalogue,
  metadata: object,
  examples: Examples,
): Map<string, string> {
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ['asyncapi.json', json(asyncApiDocument(catalogue, metadata, examples))],
    ...[...schemaFiles(catalogue)].map(([path, schema]): [string, string] => [path, json(schema)]),
    ['README.md', readablePage(catalogue)],
  ]);
}

/** Data of the samples of the current versions: what a stored event looks like. */
export function examplesIn(history: string, { events }: EventCatalogue): Examples {
  const examples = new Map<string, unknown>();
  for (const { type, version, streams } of events) {
    const file = streams
      .map((category) => join(history, category, `${type}.v${version}.json`))
      .find(existsSync);
    if (file) examples.set(type, (JSON.parse(readFileSync(file, 'utf8')) as { data: unknown }).data);
  }
  return examples;
}
