import { randomUUID } from 'node:crypto';
import { logPosition } from '@flowledger/event-sourcing';
import { readModelStoreContract } from '@flowledger/event-sourcing/testing';
import { FakeMongoServer } from '../testing';
import { ReadModelUnavailable, redactedUrl } from './errors';
import { MongoReadModelStore } from './mongo-read-model-store';

const notes = { name: 'notes', version: 1, fields: [] };
const note = (n: number, document: object | undefined) => ({
  consumer: 'c',
  writes: [{ readModel: notes, accountId: '1', id: 'a', document, position: logPosition(n) }],
  checkpoint: { position: logPosition(n) },
});

describe.each(['replica set', 'standalone'] as const)('a fake %s', (mode) => {
  let server: FakeMongoServer;
  const databases = new Map<unknown, string>();
  beforeAll(async () => {
    server = await FakeMongoServer.start(mode);
  });
  afterAll(() => server.stop());
  const open = async (database: string = randomUUID()) => {
    const store = await MongoReadModelStore.connect({ url: server.url, database });
    databases.set(store, database);
    return store;
  };

  readModelStoreContract(mode, { open: () => open(), reopen: (closed) => open(databases.get(closed)) });

  it('is known for what it is', async () => {
    const store = await open();
    expect(store.transactions).toBe(mode === 'replica set');
    await store.close();
  });

  it('fails between documents and checkpoint: a repeat reaches the same end', async () => {
    const store = await open();
    await store.define([notes]);
    await store.commit(note(1, { text: 'old' }));
    server.fail({ command: 'update', collection: 'consumers', times: 1, code: 8000 });
    await expect(store.commit(note(2, { text: 'new' }))).rejects.toThrow('a fault');
    const left = await store.get(notes, '1', 'a');
    expect(left).toEqual({ text: mode === 'replica set' ? 'old' : 'new' });
    expect(await store.checkpoint('c')).toEqual({ position: logPosition(1) });
    await store.commit(note(2, { text: 'new' }));
    expect(await store.get(notes, '1', 'a')).toEqual({ text: 'new' });
    expect(await store.checkpoint('c')).toEqual({ position: logPosition(2) });
    await store.close();
  });

  it('cuts a drop short: the next reader finishes it', async () => {
    const store = await open();
    await store.define([notes]);
    await store.commit(note(5, { text: 'x' }));
    server.fail({ command: 'drop', collection: 'notes', times: 1, code: 8000 });
    await expect(store.drop('c', [notes])).rejects.toThrow('a fault');
    expect(await store.checkpoint('c')).toBeUndefined();
    expect(await store.count(notes, '1')).toBe(0);
    expect(await store.consumers()).toEqual([]);
    await store.close();
  });

  it('loses a connection after it wrote: the driver repeats the command', async () => {
    const store = await open();
    await store.define([notes]);
    server.fail({ command: mode === 'replica set' ? 'commitTransaction' : 'find', times: 1, when: 'after' });
    await store.commit(note(1, { text: 'x' }));
    expect(await store.get(notes, '1', 'a')).toEqual({ text: 'x' });
    expect(await store.checkpoint('c')).toEqual({ position: logPosition(1) });
    await store.close();
  });
});

describe('a server that is not there', () => {
  it('is reported without the credentials', async () => {
    const url = 'mongodb://user:secret@127.0.0.1:1/db?authSource=admin';
    const connecting = MongoReadModelStore.connect({ url, serverSelectionTimeoutMilliseconds: 50 });
    await expect(connecting).rejects.toThrow(ReadModelUnavailable);
    await expect(connecting).rejects.toThrow(/^(?!.*secret).*127\.0\.0\.1:1/);
    await expect(MongoReadModelStore.connect({ url: 'http://user:secret@x' })).rejects.toThrow(
      /^(?!.*secret).*malformed/,
    );
  });

  it.each([
    ['mongodb://u:p%40@a:1,b:2/x?y=z', 'mongodb://a:1,b:2/x'],
    ['mongodb+srv://h/', 'mongodb+srv://h/'],
    ['mongodb://u:p@ss@h/d', 'mongodb://h/d'],
  ])('redacts %s', (url, expected) => expect(redactedUrl(url)).toBe(expected));
});
