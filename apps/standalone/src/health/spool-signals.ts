import type { Clock } from '@flowledger/event-sourcing';
import type { PlannedDelivery } from '@flowledger/flow-record';
import type { LogStore } from '@flowledger/log-store';
import type { SpoolSignals } from './signals';

const lookEvery = 10_000;

/** The spools of all flow logs together. Each is a query, so they are added up every ten seconds only. */
export function spoolSignals(
  logStore: Pick<LogStore, 'spool'>,
  deliveries: () => readonly Pick<PlannedDelivery, 'flowLogId'>[],
  clock: Clock,
): () => SpoolSignals {
  let known: SpoolSignals = { entries: 0, bytes: 0, oldestSeconds: 0 };
  let lookedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock.epochMilliseconds();
    if (Math.abs(now - lookedAt) < lookEvery) return known;
    lookedAt = now;
    const gauges = deliveries().map(({ flowLogId }) => logStore.spool(flowLogId));
    const oldest = gauges.flatMap(({ oldestWindow }) => (oldestWindow ? [Date.parse(oldestWindow)] : []));
    known = {
      entries: gauges.reduce((sum, { spooledEntries }) => sum + spooledEntries, 0),
      bytes: gauges.reduce((sum, { spooledBytes }) => sum + spooledBytes, 0),
      oldestSeconds: oldest.reduce((longest, since) => Math.max(longest, (now - since) / 1_000), 0),
    };
    return known;
  };
}
