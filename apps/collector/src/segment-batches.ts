import { fanOut } from '@flowledger/aggregation';
import type { ClosedWindow, Skipped } from '@flowledger/aggregation';
import type { SegmentBatch, SegmentEntry } from '@flowledger/log-store';

/** Packets that are in no window, by reason. */
export type SkippedPackets = Readonly<Record<string, number>>;

export const skippedPackets = (skipped: Skipped): SkippedPackets =>
  Object.fromEntries(
    Object.entries(skipped)
      .map(([reason, { packets }]) => [reason, packets] as const)
      .filter(([, packets]) => packets > 0),
  );

/** What `now` holds more than `before`: the packets skipped since. */
export const skippedSince = (before: SkippedPackets, now: SkippedPackets): SkippedPackets =>
  Object.fromEntries(
    Object.entries(now)
      .map(([reason, packets]) => [reason, packets - (before[reason] ?? 0)] as const)
      .filter(([, packets]) => packets > 0),
  );

/**
 * Closed windows as one batch an account: each entry with the flow logs that take it. Skipped packets belong to no
 * interface, so they are counted with `countedFor`.
 */
export function segmentBatches(
  closed: readonly ClosedWindow[],
  planVersion: number,
  skipped: SkippedPackets,
  countedFor: string,
): SegmentBatch[] {
  const accounts = new Set(closed.map(({ accountId }) => accountId));
  if (Object.keys(skipped).length > 0) accounts.add(countedFor);
  return [...accounts].map((accountId) => {
    const entries = closed.filter((window) => window.accountId === accountId).flatMap(assigned);
    const packets = (taken: boolean): number =>
      entries
        .filter(({ flowLogIds }) => flowLogIds.length > 0 === taken)
        .reduce((sum, { entry }) => sum + (entry.logStatus === 'OK' ? entry.packets : 0), 0);
    const [aggregated, filtered] = [packets(true), packets(false)];
    const lost = accountId === countedFor ? skipped : {};
    const observed = aggregated + filtered + Object.values(lost).reduce((sum, count) => sum + count, 0);
    return { accountId, planVersion, entries, counts: { observed, filtered, aggregated, skipped: lost } };
  });
}

const assigned = ({ entries, flowLogs }: ClosedWindow): SegmentEntry[] =>
  entries.map((entry) => ({ entry, flowLogIds: fanOut(entry, flowLogs) }));
