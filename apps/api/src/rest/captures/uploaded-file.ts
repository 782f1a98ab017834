import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StorageFull } from '@flowledger/event-sourcing';
import { BodyTooLarge } from '../../http/http-errors';

export interface UploadedFile {
  /** Hex. */
  readonly sha256: string;
  /** From the beginning, as often as wanted. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

export interface UploadLimits {
  readonly directory: string;
  readonly mostBytes: number;
}

/**
 * Streams a body to a file of its own, lets `use` read it, and removes it whatever happens.
 * @throws BodyTooLarge @throws StorageFull
 */
export async function withUploadedFile<T>(
  body: AsyncIterable<Uint8Array>,
  { directory, mostBytes }: UploadLimits,
  use: (file: UploadedFile) => Promise<T>,
): Promise<T> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${randomUUID()}.upload`);
  const hash = createHash('sha256');
  try {
    const sink = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    await pipeline(measured(body, mostBytes, hash), sink).catch((error: unknown) => {
      throw isFull(error) ? new StorageFull('uploads', { cause: error }) : error;
    });
    return await use({ sha256: hash.digest('hex'), open: () => createReadStream(path) });
  } finally {
    await rm(path, { force: true });
  }
}

async function* measured(
  body: AsyncIterable<Uint8Array>,
  mostBytes: number,
  hash: { update(chunk: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new BodyTooLarge(mostBytes);
    hash.update(chunk);
    yield chunk;
  }
}

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
