import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logPosition, StorageFull, StoreLocked } from '@flowledger/event-sourcing';
import { readModelStoreContract } from '@flowledger/event-sourcing/testing';
import { EmbeddedReadModelStore } from './embedded-read-model-store';
import { ReadModelFileUnusable } from './errors';

const root = mkdtempSync(join(tmpdir(), 'read-models-'));
let directories = 0;
const newDirectory = () => join(root, String((directories += 1)));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const directoryOf = new Map<unknown, string>();
const open = async (directory: string) => {
  const store = await EmbeddedReadModelStore.open({ directory });
  directoryOf.set(store, directory);
  return store;
};
readModelStoreContract('embedded', {
  open: () => open(newDirectory()),
  reopen: (closed) => open(directoryOf.get(closed)!),
});

const notes = { name: 'notes', version: 1, fields: [] };
const note = (n: number, document: object | undefined = { text: 'x'.repeat(2_000) }) => ({
  consumer: 'c',
  writes: [{ readModel: notes, accountId: '1', id: `n${n}`, document, position: logPosition(n) }],
  checkpoint: { position: logPosition(n) },
});

describe('an open read-model file', () => {
  it('refuses a second opener until it is closed', async () => {
    const directory = newDirectory();
    const first = await open(directory);
    const second = () => EmbeddedReadModelStore.open({ directory, lockTimeoutMilliseconds: 60 });
    await expect(second()).rejects.toThrow(StoreLocked);
    await first.close();
    await (await second()).close();
  });

  it('waits for an owner that is just closing', async () => {
    const directory = newDirectory();
    const first = await open(directory);
    const second = EmbeddedReadModelStore.open({ directory });
    await first.close();
    await (await second).close();
  });

  it('is readable by its owner only', async () => {
    const directory = newDirectory();
    const store = await open(directory);
    expect(statSync(join(directory, 'read-models.db')).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('refuses writes when full, goes on reading, and writes again once there is room', async () => {
    const store = await EmbeddedReadModelStore.open({ directory: newDirectory(), maximumBytes: 30 * 4096 });
    await store.define([notes]);
    let written = 0;
    const fill = async () => {
      for (; written < 200; written += 1) await store.commit(note(written + 1));
    };
    await expect(fill()).rejects.toThrow(StorageFull);
    expect(written).toBeGreaterThan(5);
    expect(await store.count(notes, '1')).toBe(written);
    expect(await store.checkpoint('c')).toEqual({ position: logPosition(written) });
    for (let n = 1; n <= written; n += 1) {
      await store.commit({
        ...note(n, undefined),
        consumer: 'd',
        writes: [{ ...note(n).writes[0]!, document: undefined, position: logPosition(500) }],
      });
    }
    await store.commit(note(written + 1));
    expect(await store.count(notes, '1')).toBe(1);
    await store.close();
  });
});

describe('a damaged read-model file', () => {
  it('is refused with the way out', async () => {
    const directory = newDirectory();
    await (await open(directory)).close();
    writeFileSync(join(directory, 'read-models.db'), 'no database '.repeat(1_000));
    const opening = EmbeddedReadModelStore.open({ directory });
    await expect(opening).rejects.toThrow(ReadModelFileUnusable);
    await expect(opening).rejects.toThrow(/rebuilt/);
  });
});
