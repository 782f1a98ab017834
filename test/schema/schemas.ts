import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaId } from '@flowledger/event-catalogue';
import Ajv2020 from 'ajv/dist/2020';

export const repository = join(__dirname, '../..');
export const published = join(repository, 'docs/events');
export const readJson = (file: string): object => JSON.parse(readFileSync(file, 'utf8')) as object;

/** The published schemas as tests use them: closed, so that a member which nobody declared is found. */
export class PublishedSchemas {
  private readonly ajv = new Ajv2020({ strictTypes: false, allErrors: true });
  /** `FlowLogCreated.v1` */
  readonly names: readonly string[];

  /** @param open types with members that are declared elsewhere: a process manager's step holds its commands whole */
  constructor(open: readonly string[] = [], directory = join(published, 'schemas')) {
    const files = readdirSync(directory);
    this.names = files.map((file) => file.replace(/\.json$/, ''));
    for (const file of files) {
      const schema = readJson(join(directory, file));
      this.ajv.addSchema(open.includes(file.split('.')[0]!) ? schema : closed(schema));
    }
  }

  /** What is wrong with the data; nothing when it fits. */
  problems(type: string, version: number, data: unknown): string[] {
    const validate = this.ajv.getSchema(schemaId(type, version));
    if (!validate) return [`there is no docs/events/schemas/${type}.v${version}.json: run npm run catalogue`];
    if (validate(data)) return [];
    return validate.errors!.map(({ instancePath, message, params }) => {
      return `data${instancePath.replaceAll('/', '.')} ${message} ${JSON.stringify(params)}`;
    });
  }
}

function closed(schema: unknown): object {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema as never;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isObject = 'properties' in schema && (schema as { type?: unknown }).type === 'object';
  return isObject && !('additionalProperties' in schema)
    ? { ...inside, additionalProperties: false }
    : inside;
}
