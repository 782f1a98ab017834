import type { Observation } from '@flowledger/flow-record';
import type { SkipReason } from './decode';
import { decodePacket, isSupportedLinkType, skipReasons } from './decode';
import { UnsupportedLinkType } from './errors';
import type { ByteChunks, ByteOrder, CaptureLimits } from './format';
import { CaptureReader } from './format';

export interface CaptureSummary {
  readonly format: 'pcap' | 'pcapng';
  readonly byteOrder: ByteOrder;
  readonly linkType: number | null;
  /** Records read whole: observed and skipped ones. */
  readonly packets: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  /** Where a cut last record begins; null when the file is whole. */
  readonly truncatedAt: number | null;
}

/**
 * Hands every IP packet of a capture to `each`, in file order, one observation a packet.
 * Throws `BrokenCapture` or `UnsupportedLinkType`, by then `each` may have seen packets: apply them afterwards.
 */
export async function readCapture(
  chunks: ByteChunks,
  each: (observation: Observation) => void,
  limits?: Partial<CaptureLimits>,
): Promise<CaptureSummary> {
  const reader = await CaptureReader.open(chunks, limits);
  if (reader.linkType !== null && !isSupportedLinkType(reader.linkType)) {
    await reader.close();
    throw new UnsupportedLinkType(reader.linkType);
  }
  const skipped = Object.fromEntries(skipReasons.map((reason) => [reason, 0])) as Record<SkipReason, number>;
  let packets = 0;
  for await (const packet of reader) {
    packets++;
    const decoded = decodePacket(packet);
    if (typeof decoded === 'string') skipped[decoded]++;
    else each(decoded);
  }
  const { format, byteOrder, linkType, truncatedAt } = reader;
  return { format, byteOrder, linkType, packets, skipped, truncatedAt };
}
