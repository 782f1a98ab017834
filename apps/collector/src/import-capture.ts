import { WindowAggregator } from '@flowledger/aggregation';
import { readCapture } from '@flowledger/capture';
import type { ByteChunks } from '@flowledger/capture';
import type { Observation, PlannedInterface } from '@flowledger/flow-record';
import type { Collector } from './collector';
import { skippedPackets } from './segment-batches';

export interface ImportOptions {
  /**
   * The account's interfaces as they were at a time (Unix seconds), for `coverage=historic`; the same array while nothing
   * changes. The last acknowledged plan when absent (DD-19).
   */
  readonly interfacesAt?: (time: number) => readonly PlannedInterface[];
  /** Only interfaces of this account record anything. */
  readonly accountId: string;
  /** The ENI that saw everything; without it each packet counts for every ENI that owns an end of it (DD-20). */
  readonly networkInterfaceId?: string;
  /** Repeated with the same id, as after a crash before its answer, an import stores nothing more. */
  readonly importId?: string;
  /** Seconds to add to every time of the capture; 0 keeps the capture's own times. */
  readonly shiftSeconds: number;
}

export interface ImportResult {
  readonly packets: number;
  /** 5-tuples and directions seen on an interface. */
  readonly flows: number;
  /** Entries that at least one flow log took. */
  readonly entries: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** Offset of a cut last record; null when the file is whole. */
  readonly truncatedAt: number | null;
}

/**
 * Reads a whole capture, then stores its windows: a capture that turns out to be broken stores nothing. @throws BrokenCapture, UnsupportedLinkType, StorageFull
 */
export async function importCapture(
  collector: Collector,
  chunks: ByteChunks,
  { accountId, networkInterfaceId, importId, shiftSeconds, interfacesAt }: ImportOptions,
): Promise<ImportResult> {
  let interfaces = interfacesAt
    ? interfacesAt(0)
    : collector.plan.interfaces.filter((planned) => planned.accountId === accountId);
  const windows = new WindowAggregator(interfaces, { mode: { kind: interfacesAt ? 'historic' : 'import' } });
  const flows = new Set<string>();
  const summary = await readCapture(chunks, (observation) => {
    const { srcaddr, srcport, dstaddr, dstport, protocol } = observation;
    flows.add(`${protocol} ${srcaddr} ${srcport} ${dstaddr} ${dstport}`);
    const observed = shifted(observation, shiftSeconds);
    const then = interfacesAt?.(observed.first.seconds) ?? interfaces;
    if (then !== interfaces) windows.replan((interfaces = then));
    windows.observe(observed, networkInterfaceId);
  });
  const closed = windows.closeAll();
  const skipped = { ...nonZero(summary.skipped), ...skippedPackets(windows.skipped) };
  const entries = await collector.storeImported(closed, skipped, importId);
  return { packets: summary.packets, flows: flows.size, entries, skipped, truncatedAt: summary.truncatedAt };
}

/** Unix seconds of the last packet; null for a capture without packets. The same faults as {@link importCapture}. */
export async function lastPacketTime(chunks: ByteChunks): Promise<number | null> {
  let last: number | null = null;
  await readCapture(chunks, ({ last: { seconds } }) => {
    if (last === null || seconds > last) last = seconds;
  });
  return last;
}

function shifted(observation: Observation, seconds: number): Observation {
  if (seconds === 0) return observation;
  const { first, last } = observation;
  return {
    ...observation,
    first: { ...first, seconds: first.seconds + seconds },
    last: { ...last, seconds: last.seconds + seconds },
  };
}

const nonZero = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
