import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refused } from '../failures';

const marks = ['events.db', 'root-token'];
/** What the service writes into its data directory; databases with what SQLite puts beside them. */
const ours =
  /^((events|log-store|read-models)\.db(-wal|-shm|-journal)?|segments|uploads|keys|tls|root-token)$/;

/**
 * Empties a data directory, but only one that holds nothing but what this service writes and that no process holds.
 * @throws Refused
 */
export async function resetDataDirectory(
  directory: string,
  isInUse: (directory: string) => Promise<boolean>,
): Promise<void> {
  if (!existsSync(directory)) return;
  const names = await readdir(directory);
  if (names.length === 0) return;
  const foreign = names.filter((name) => !ours.test(name));
  if (foreign.length > 0 || !marks.some((mark) => names.includes(mark))) {
    throw new Refused(
      `${directory} does not look like a data directory of this service; nothing was removed`,
      foreign.slice(0, 5),
    );
  }
  if (await isInUse(directory)) throw new Refused(`${directory} is in use: stop the service first`);
  for (const name of names) await rm(join(directory, name), { recursive: true, force: true });
}
