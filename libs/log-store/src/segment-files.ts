import { open, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

/** The moments of a write at which a disk can fill up or a process can die. */
export type WriteStep = 'copied' | 'synced' | 'renamed' | 'committed' | 'unlinking';

/** Called at each step of a write; what it throws is what the disk would have said. For tests. */
export type WriteFaults = (step: WriteStep, file: string) => void;

export interface FileSum {
  readonly bytes: number;
  readonly crc32: number;
}

const TEMPORARY = '.tmp';
const CHUNK = 1 << 20;

/** The segment files under one directory; names are relative to it. */
export class SegmentFiles {
  private readonly leases = new Map<string, number>();
  private readonly doomed = new Set<string>();

  constructor(
    readonly directory: string,
    readonly faults: WriteFaults = () => {},
  ) {}

  path(file: string): string {
    return join(this.directory, file);
  }

  temporary(file: string): string {
    return this.path(file) + TEMPORARY;
  }

  async makeRoom(accountId: string): Promise<void> {
    if (await mkdir(this.path(accountId), { recursive: true, mode: 0o700 }))
      await syncDirectory(this.directory);
  }

  /** From a complete temporary file to one that survives a power cut under its own name. */
  async settle(file: string): Promise<FileSum> {
    this.faults('copied', file);
    const handle = await open(this.temporary(file), 'r+');
    let sum: FileSum;
    try {
      await handle.chmod(0o600);
      await handle.sync();
      sum = await sumOf(handle);
    } finally {
      await handle.close();
    }
    this.faults('synced', file);
    await rename(this.temporary(file), this.path(file));
    await syncDirectory(dirname(this.path(file)));
    this.faults('renamed', file);
    return sum;
  }

  /** Leaves neither a half nor a whole file. */
  async discard(file: string): Promise<void> {
    await rm(this.temporary(file), { force: true });
    await rm(this.path(file), { force: true });
  }

  async sum(file: string): Promise<FileSum> {
    const handle = await open(this.path(file), 'r');
    try {
      return await sumOf(handle);
    } finally {
      await handle.close();
    }
  }

  /** Keeps the files on disk while `work` reads them. */
  async reading<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const file of files) this.leases.set(file, (this.leases.get(file) ?? 0) + 1);
    try {
      return await work();
    } finally {
      for (const file of files) await this.release(file);
    }
  }

  /** At once, or when its last reader is done. A crash before that leaves it to the sweep at the next start. */
  async remove(file: string): Promise<void> {
    if (this.leases.has(file)) return void this.doomed.add(file);
    this.faults('unlinking', file);
    await rm(this.path(file), { force: true });
  }

  /** Removes what the manifest does not name: leftovers of writes and removals that a crash cut short. */
  async sweep(isKnown: (file: string) => boolean): Promise<{ files: number; bytes: number }> {
    const swept = { files: 0, bytes: 0 };
    for (const found of await readdir(this.directory, { recursive: true, withFileTypes: true })) {
      if (!found.isFile()) continue;
      const path = join(found.parentPath, found.name);
      if (isKnown(path.slice(this.directory.length + 1))) continue;
      swept.files++;
      swept.bytes += (await stat(path)).size;
      await rm(path);
    }
    return swept;
  }

  private async release(file: string): Promise<void> {
    const left = this.leases.get(file)! - 1;
    if (left > 0) return void this.leases.set(file, left);
    this.leases.delete(file);
    if (this.doomed.delete(file)) await this.remove(file);
  }
}

export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sumOf(handle: Awaited<ReturnType<typeof open>>): Promise<FileSum> {
  const buffer = Buffer.allocUnsafe(CHUNK);
  let bytes = 0;
  let crc = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK, bytes);
    if (bytesRead === 0) return { bytes, crc32: crc };
    crc = crc32(buffer.subarray(0, bytesRead), crc);
    bytes += bytesRead;
  }
}
