import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { columns, damageOf } from './record-codec';
import type { Row } from './record-codec';
import { pageSize } from './log-pages';
import { fsyncDirectory, openDatabase, releaseDatabase } from './schema';
import type { Connection } from './schema';

/**
 * Copies the log as it was when the call began. Because it only ever grows, the copy is consistent although appends
 * go on between its pages. Each record is verified on the way, so damage is not handed on. The target appears whole.
 * @throws CorruptRecord, StorageFull, or an error when the target exists
 */
export async function copyLog(source: Connection, file: string, head: number, target: string): Promise<void> {
  if (existsSync(target)) throw new Error(`${target} exists already: name another file for the backup`);
  const partial = `${resolve(target)}.partial`;
  rmSync(partial, { force: true });
  const copy = await openDatabase(partial);
  try {
    await copyPages(source, file, head, copy);
    copy.prepare("UPDATE marks SET position = ? WHERE name = 'clean'").run(head);
  } catch (error) {
    releaseDatabase(copy);
    rmSync(partial, { force: true });
    throw error;
  }
  releaseDatabase(copy);
  fsyncFile(partial);
  renameSync(partial, target);
  fsyncDirectory(dirname(resolve(target)));
}

async function copyPages(source: Connection, file: string, head: number, copy: Connection): Promise<void> {
  const page = source
    .prepare(`SELECT ${columns} FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`)
    .raw();
  const insert = copy.prepare(`INSERT INTO events (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  let position = 0;
  while (position < head) {
    const rows = page.all(position, head, pageSize) as Row[];
    if (rows.length === 0) return;
    copy.exec('BEGIN');
    for (const row of rows) {
      const damage = damageOf(row, file);
      if (damage) throw damage;
      insert.run(...row);
    }
    copy.exec('COMMIT');
    position = rows.at(-1)![0];
    await turn();
  }
}

function fsyncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
