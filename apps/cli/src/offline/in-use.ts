import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StoreLocked } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';

/** Whether another process holds the log of a data directory. Damage is not told: it does not keep anybody out. */
export async function isInUse(directory: string): Promise<boolean> {
  if (!existsSync(join(directory, 'events.db'))) return false;
  try {
    await (await EmbeddedEventStore.open({ directory })).close();
    return false;
  } catch (error) {
    return error instanceof StoreLocked;
  }
}
