import { chmod, copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Backups } from '@flowledger/api';
import type { BackedUp } from '@flowledger/api';
import { EmbeddedKeyStore } from '@flowledger/erasure';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import type { Stores } from './stores';

/**
 * One consistent set while running. The log store is copied before the events: whatever a segment or a cursor names is
 * then in the events too, and the events that came in between are only ahead, as after a crash. The keys come last: they
 * open everything in the set. The read models are left out, a start rebuilds them. Events in EventStoreDB are for its own tools to back up.
 */
export class StoreBackups extends Backups {
  constructor(
    private readonly stores: Pick<Required<Stores>, 'log' | 'logStore' | 'keys'>,
    private readonly dataDirectory: string,
    private readonly keyDirectory: string,
  ) {
    super();
  }

  async create(directory: string): Promise<BackedUp> {
    const { log, logStore, keys } = this.stores;
    const { segments } = await logStore.backupTo(directory);
    let position = 0n;
    if (log instanceof EmbeddedEventStore) {
      position = (await log.head())?.commit ?? 0n;
      await log.backupTo(join(directory, 'events.db'));
    }
    if (keys instanceof EmbeddedKeyStore) keys.backupTo(join(directory, 'keys.db'));
    await this.copyFiles(directory);
    return { directory, events: Number(position), segments };
  }

  private async copyFiles(directory: string): Promise<void> {
    const files = [
      [this.dataDirectory, 'root-token'],
      [this.keyDirectory, 'audit-key.pem'],
    ] as const;
    for (const [from, name] of files) {
      const copy = join(directory, name);
      try {
        await copyFile(join(from, name), copy);
        await chmod(copy, 0o600);
      } catch (error) {
        // A token that is given by the configuration has no file.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    const handle = await open(directory, 'r');
    await handle.sync();
    await handle.close();
  }
}
