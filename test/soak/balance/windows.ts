import { SystemClock } from '@flowledger/event-sourcing';
import { EmbeddedLogStore } from '@flowledger/log-store';
import type { Cell } from '../load/cell';
import { Findings } from './check';
import type { Check } from './check';

const everything = { from: 0, to: 2 ** 33 };
const noLimits = { spoolBytes: Number.MAX_SAFE_INTEGER, spoolAgeSeconds: Number.MAX_SAFE_INTEGER };

/** The data plane's own books: packets observed, entries stored, and for each flow log delivered, waiting or counted out. */
export async function windowsAgainstBooks(directory: string, cells: readonly Cell[]): Promise<Check> {
  const findings = new Findings();
  const store = await EmbeddedLogStore.open({ directory, limits: noLimits, clock: new SystemClock() });
  try {
    const { problems, manifestProblems, segments } = await store.verify();
    findings.count('segments', segments);
    for (const { file, problem } of problems) findings.problem(`segment ${file}: ${problem}`);
    for (const problem of manifestProblems) findings.problem(`log-store.db: ${problem}`);
    const { observed, filtered, aggregated, skipped, storedEntries } = store.ledger(everything);
    const lost = Object.values(skipped).reduce((sum, count) => sum + count, 0);
    findings.count('packets observed', observed);
    findings.count('entries stored', storedEntries);
    for (const [reason, count] of Object.entries(skipped)) findings.count(`skipped: ${reason}`, count);
    findings.expect(
      observed === filtered + aggregated + lost,
      () =>
        `${observed} packets observed are not ${filtered} filtered, ${aggregated} aggregated and ${lost} skipped`,
    );
    for (const { flowLogId } of cells.flatMap(({ flowLogs }) => flowLogs)) {
      const { storedEntries: stored, deliveredEntries, spooledEntries, expired } = store.spool(flowLogId);
      const countedOut = Object.values(expired).reduce((sum, count) => sum + count, 0);
      findings.count('delivered', deliveredEntries);
      findings.count('waiting', spooledEntries);
      for (const [reason, count] of Object.entries(expired)) findings.count(`expired: ${reason}`, count);
      findings.expect(
        stored === deliveredEntries + spooledEntries + countedOut,
        () =>
          `${flowLogId}: of ${stored} entries ${deliveredEntries} are delivered, ${spooledEntries} wait, ${countedOut} are counted out`,
      );
    }
    return findings.as('windows against the books of the data plane');
  } finally {
    await store.close();
  }
}
