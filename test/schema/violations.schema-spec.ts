import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { upcasters } from '@flowledger/event-catalogue';
import type { EventCatalogue } from '@flowledger/event-catalogue';
import { Upcasters } from '@flowledger/event-sourcing';
import { incompatibilities } from '../../apps/catalogue/src/documents/schema-compatibility';
import { brokenSchemas } from '../../apps/catalogue/src/documents/schema-files';
import { foldAll } from './folders';
import { missingSamples, unreadable } from './gate';
import { readSamples } from './samples';
import { PublishedSchemas, published } from './schemas';

const samples = readSamples();
const sampleOf = (name: string) => samples.find((sample) => sample.name === name)!;
const catalogueOf = (type: string, version: number, schema: object): EventCatalogue => ({
  streams: [],
  events: [
    { type, version, schema, description: '', owner: '', streams: ['flowLog'], producers: [], consumers: [] },
  ],
});

describe('a type that changed without a new version', () => {
  const before = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      size: { enum: [1, 5] },
      at: { type: 'array', items: { const: 1 } },
    },
    required: ['id', 'size'],
  } as const;
  const changed = (properties: object, required: readonly string[] = before.required) =>
    incompatibilities(before, { ...before, properties: { ...before.properties, ...properties }, required });

  it('may have new words and new optional members', () =>
    expect(changed({ id: { type: 'string', description: 'new words' }, name: { type: 'string' } })).toEqual(
      [],
    ));

  it.each([
    ['a member is gone', changed({ size: undefined }), 'data.size is gone'],
    ['a new member is needed', changed({ by: {} }, ['id', 'size', 'by']), 'data.by is new and not optional'],
    ['an optional member is needed', changed({}, ['id', 'size', 'at']), 'data.at is not optional any more'],
    ['a member is optional', changed({}, ['id']), 'data.size is optional now'],
    ['a member has another type', changed({ id: { type: 'number' } }), 'data.id was {"type":"string"}'],
    ['a value is new', changed({ size: { enum: [1, 5, 10] } }), 'now it is {"enum":[1,5,10]}'],
    [
      'items are others',
      changed({ at: { type: 'array', items: { const: 2 } } }),
      'data.at[] was {"const":1}',
    ],
  ])('is caught: %s', (_, found, expected) => expect(found.join()).toContain(expected));

  it('is told what to do', () => {
    const [broken] = brokenSchemas(catalogueOf('FlowLogStopped', 1, { type: 'object' }), published);
    expect(broken!.message).toContain('FlowLogStopped does not keep the schema of its version 1');
    expect(broken!.message).toContain('data.flowLogId is gone');
    expect(broken!.message).toContain('write an upcaster from 1 beside the event');
  });
});

describe('a shape that no sample shows', () => {
  it('is caught when it is the current one', () =>
    expect(missingSamples(catalogueOf('FlowLogStopped', 2, {}), samples, [])).toEqual([
      expect.stringContaining('flowLog/FlowLogStopped.v2 has no sample'),
    ]));

  it('is caught when it is an older one whose sample was taken away', () =>
    expect(missingSamples({ streams: [], events: [] }, samples, ['FlowLogStopped.v0'])).toEqual([
      expect.stringContaining('FlowLogStopped.v0 is published, but has no sample'),
    ]));
});

describe('a sample that is not read any more', () => {
  const directory = mkdtempSync(join(tmpdir(), 'schemas-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const schemas = new PublishedSchemas();
  const old = sampleOf('flowLog/FlowLogCreated.v1.without-owner');

  it('is caught without its upcaster', () => {
    const event = { ...old.event, metadata: { ...old.event.metadata, schemaVersion: 2 } };
    expect(unreadable({ ...old, event }, upcasters, schemas).join()).toContain(
      "required property 'accountId'",
    );
  });

  it('is caught when the upcaster does not do its work', () => {
    const lazy = new Upcasters([{ type: 'FlowLogCreated', from: 1, up: (data) => data }]);
    expect(unreadable(old, lazy, schemas)).toEqual([
      expect.stringContaining("must have required property 'accountId'"),
    ]);
  });

  it('is caught when the upcaster fails', () => {
    const failing = new Upcasters([
      { type: 'FlowLogCreated', from: 1, up: () => JSON.parse('no JSON') as unknown },
    ]);
    expect(unreadable(old, failing, schemas)).toEqual([expect.stringContaining('SyntaxError')]);
  });

  it('is caught when it has a member that no schema knows', () => {
    const event = { ...old.event, data: { ...(old.event.data as object), colour: 'red' } };
    expect(unreadable({ ...old, event }, upcasters, schemas).join()).toContain(
      '"additionalProperty":"colour"',
    );
  });

  it('is caught when a newer release wrote it', () => {
    const event = { ...old.event, metadata: { ...old.event.metadata, schemaVersion: 9 } };
    expect(unreadable({ ...old, event }, upcasters, schemas).join()).toContain('UnknownEventVersion');
  });

  it('is caught when its type has no schema', () => {
    const file = join(directory, 'schemas/Other.v1.json');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ $id: 'urn:flowledger:event:Other:v1' }));
    const none = new PublishedSchemas([], dirname(file));
    expect(unreadable(old, upcasters, none).join()).toContain('run npm run catalogue');
  });

  it('is caught when a decider or a projection fails on it', () => {
    expect(() => foldAll([{ ...old.event, data: null }])).toThrow(TypeError);
  });
});
