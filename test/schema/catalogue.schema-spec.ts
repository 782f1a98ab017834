import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0.json';
import type { AsyncApiDocument } from '@flowledger/event-catalogue';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { generate } from '../../apps/catalogue/src/generate';
import { published, readJson, repository } from './schemas';

const { files, catalogue } = generate(repository);
const read = (path: string): string => readFileSync(join(published, path), 'utf8');

describe('docs/events', () => {
  it('is what the sources say: run npm run catalogue', () => {
    const outdated = [...files].filter(([path, text]) => read(path) !== text);
    expect(outdated.map(([path]) => path)).toEqual([]);
  });

  it('has schemas of events and their versions, and nothing else', () => {
    const older = catalogue.events.flatMap(({ type, version }) =>
      Array.from({ length: version }, (_, index) => `${type}.v${index + 1}.json`),
    );
    expect(readdirSync(join(published, 'schemas')).sort()).toEqual(older.sort());
  });
});

describe('the AsyncAPI document', () => {
  const document = readJson(join(published, 'asyncapi.json')) as AsyncApiDocument;
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false });
  addFormats(ajv);
  const validate = ajv.compile(asyncApiSchema);

  it('is valid by the official schema of AsyncAPI 3.0.0', () => {
    expect(validate({ ...document, channels: { flowLog: { address: 7 } } })).toBe(false);
    validate(document);
    expect(validate.errors).toBeNull();
  });

  it('refers to what it contains', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path]) => path!,
    );
    const found = (path: string): unknown =>
      path
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((path) => found(path) === undefined)).toEqual([]);
  });

  it('shows a stored event of every type', () => {
    const bare = Object.values(document.components.messages).filter(({ examples }) => examples.length === 0);
    expect(bare.map(({ title }) => title)).toEqual([]);
  });
});
