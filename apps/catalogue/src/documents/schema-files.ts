import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaId } from '@flowledger/event-catalogue';
import type { EventCatalogue } from '@flowledger/event-catalogue';
import type { JsonSchema } from '../code/json-schema';
import { incompatibilities, IncompatibleSchema } from './schema-compatibility';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

export const schemaFile = (type: string, version: number): string => `schemas/${type}.v${version}.json`;

/** Schema files of the current versions, by path below docs/events. Those of older versions stay as they are. */
export function schemaFiles({ events }: EventCatalogue): Map<string, JsonSchema> {
  return new Map(
    events.map(({ type, version, description, schema }) => [
      schemaFile(type, version),
      {
        $schema: dialect,
        $id: schemaId(type, version),
        title: type,
        ...(description && { description }),
        ...schema,
      },
    ]),
  );
}

/** Compares what the code has now with what was published. */
export function brokenSchemas({ events }: EventCatalogue, published: string): IncompatibleSchema[] {
  return events.flatMap(({ type, version, schema }) => {
    const file = join(published, schemaFile(type, version));
    if (!existsSync(file)) return [];
    const changes = incompatibilities(JSON.parse(readFileSync(file, 'utf8')) as JsonSchema, schema);
    return changes.length > 0 ? [new IncompatibleSchema(type, version, changes)] : [];
  });
}
