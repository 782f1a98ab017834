import type { Cell } from '../load/cell';
import type { Door } from '../load/door';
import { shownImports } from '../load/imported-entries';
import { Findings } from './check';
import type { Check } from './check';

/** Every entry of every acknowledged import is in its logstore once, and nothing else is. */
export async function shownEntries(cells: readonly Cell[], door: Door): Promise<Check> {
  const findings = new Findings();
  for (const cell of cells) {
    const { logstore, logstores, projectName } = cell;
    for (const gone of logstores)
      if (!gone.present) findings.count('gone with their logstore', gone.entries.length);
    if (!logstore) continue;
    const times = new Map<string, number>();
    for (const entry of await shownImports(door, cell)) times.set(entry, (times.get(entry) ?? 0) + 1);
    for (const entry of logstore.entries) {
      const seen = times.get(entry) ?? 0;
      times.delete(entry);
      findings.count('imported and shown');
      findings.expect(seen === 1, () => `${projectName}: entry ${entry} is shown ${seen} times`);
    }
    for (const [entry, seen] of times)
      findings.problem(`${projectName}: ${entry} is shown ${seen} times, and nobody imported it there`);
  }
  return findings.as('imported entries against acknowledgements');
}
