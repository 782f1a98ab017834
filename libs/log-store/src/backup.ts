import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { translateFull } from './log-store.errors';
import type { Manifest } from './manifest';
import { syncDirectory } from './segment-files';
import type { SegmentFiles } from './segment-files';

export interface BackupOutcome {
  readonly segments: number;
  readonly bytes: number;
}

/** The backup's directory holds something already; nothing was written. */
export class BackupTargetNotEmpty extends Error {
  constructor(readonly directory: string) {
    super(`${directory} is not empty: name an empty or a new directory for the backup`);
    this.name = 'BackupTargetNotEmpty';
  }
}

/**
 * A copy that opens as a log store: the manifest at one moment, and every segment it names. Segments are immutable, so they
 * are linked where the file system allows it and copied elsewhere. Writes and deliveries go on meanwhile.
 */
export async function backUp(
  manifest: Manifest,
  files: SegmentFiles,
  directory: string,
): Promise<BackupOutcome> {
  const segments = join(directory, 'segments');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length > 0) throw new BackupTargetNotEmpty(directory);
  try {
    await mkdir(segments, { mode: 0o700 });
    const copy = join(directory, 'log-store.db');
    manifest.copyTo(copy);
    const named = manifest.all<{ file: string; bytes: number }>('SELECT file, bytes FROM segment');
    // No turn of the event loop between the snapshot and the leases: what it names cannot be removed any more.
    await files.reading(
      named.map(({ file }) => file),
      async () => {
        for (const { file } of named) await place(files.path(file), join(segments, file));
      },
    );
    await syncFile(copy);
    for (const account of await readdir(segments)) await syncDirectory(join(segments, account));
    await syncDirectory(segments);
    await syncDirectory(directory);
    return { segments: named.length, bytes: named.reduce((sum, { bytes }) => sum + bytes, 0) };
  } catch (error) {
    throw translateFull(error, directory);
  }
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await link(from, to);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes((error as { code: string }).code)) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await syncFile(to);
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
