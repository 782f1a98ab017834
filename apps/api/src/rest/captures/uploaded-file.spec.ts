import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageFull } from '@flowledger/event-sourcing';
import { BodyTooLarge } from '../../http/http-errors';
import { withUploadedFile } from './uploaded-file';

async function* body(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function* full(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a');
  throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return Buffer.concat(read).toString();
}

describe('an upload', () => {
  let directory: string;
  beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'flowledger-upload-'))));
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const limits = () => ({ directory, mostBytes: 6 });

  it('can be read as often as wanted, knows its hash, and is gone afterwards', async () => {
    const seen = await withUploadedFile(body('abc', 'def'), limits(), async ({ open, sha256 }) => ({
      texts: [await textOf(open()), await textOf(open())],
      sha256,
    }));
    const sha256 = createHash('sha256').update('abcdef').digest('hex');
    expect(seen).toEqual({ texts: ['abcdef', 'abcdef'], sha256 });
    expect(await readdir(directory)).toEqual([]);
  });
  it('is gone when its use fails', async () => {
    const use = () => Promise.reject(new Error('broken'));
    await expect(withUploadedFile(body('abc'), limits(), use)).rejects.toThrow('broken');
    expect(await readdir(directory)).toEqual([]);
  });
  it('stops at the limit', async () => {
    const use = () => Promise.resolve('used');
    await expect(withUploadedFile(body('abc', 'defg'), limits(), use)).rejects.toThrow(BodyTooLarge);
    expect(await readdir(directory)).toEqual([]);
  });
  it('without room is a full store', async () => {
    const use = () => Promise.resolve('used');
    await expect(withUploadedFile(full(), limits(), use)).rejects.toThrow(StorageFull);
    expect(await readdir(directory)).toEqual([]);
  });
});
