import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refused } from '../failures';
import { examine } from './examination';
import type { Examination } from './examination';

/**
 * Copies a backup beside the data directory, verifies the copy, and puts it in place in one rename: a restore that is
 * cut short leaves the data directory empty, and the backup is only read.
 * @throws Refused when the data directory holds something, or the backup is damaged
 */
export async function restore(
  backup: string,
  dataDirectory: string,
  progress: (text: string) => void,
): Promise<Omit<Examination, 'damage'>> {
  if (!existsSync(join(backup, 'log-store.db'))) {
    throw new Refused(`${backup} is no backup of this service: there is no log-store.db`);
  }
  if (existsSync(dataDirectory) && (await readdir(dataDirectory)).length > 0) {
    throw new Refused(
      `${dataDirectory} is not empty: restore into a new data directory (FLOWLEDGER_DATA_DIR)`,
    );
  }
  await mkdir(dirname(dataDirectory), { recursive: true });
  const copy = `${dataDirectory}.restoring-${randomUUID()}`;
  try {
    progress(`copying ${backup}`);
    await copyDurably(backup, copy);
    const { damage, ...counts } = await examine(copy, progress);
    if (damage.length > 0) throw new Refused(`${backup} is damaged; nothing was restored`, damage);
    if (existsSync(dataDirectory)) await rmdir(dataDirectory);
    await rename(copy, dataDirectory);
    await sync(dirname(dataDirectory));
    return counts;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function copyDurably(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyDurably(source, target);
    else if (entry.isFile()) {
      await copyFile(source, target);
      await sync(target);
    } else throw new Refused(`${source} is neither a file nor a directory: this is no backup`);
  }
  await sync(to);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
