import type { Instant } from '@flowledger/flow-record';

export type ByteOrder = 'little' | 'big';

/** One record of a capture file. */
export interface CapturePacket {
  /** Null for records whose format carries no time (pcapng simple packets). */
  readonly time: Instant | null;
  readonly linkType: number;
  /** Length on the wire; the captured part may be shorter. */
  readonly originalLength: number;
  /** The captured part. */
  readonly data: Buffer;
}

/** Sizes beyond which a record is taken for damage, so that a hostile length allocates nothing. */
export interface CaptureLimits {
  /** Captured bytes of one packet. */
  readonly packetBytes: number;
  /** A pcapng block of any type. */
  readonly blockBytes: number;
  /** Interfaces of one pcapng section. */
  readonly interfaces: number;
}

/** libpcap's own bound for a packet; sixteen MiB for a block. */
export const defaultCaptureLimits: CaptureLimits = {
  packetBytes: 262_144,
  blockBytes: 16 * 1024 * 1024,
  interfaces: 65_536,
};

export const readUInt16 = (data: Buffer, offset: number, order: ByteOrder): number =>
  order === 'little' ? data.readUInt16LE(offset) : data.readUInt16BE(offset);

export const readUInt32 = (data: Buffer, offset: number, order: ByteOrder): number =>
  order === 'little' ? data.readUInt32LE(offset) : data.readUInt32BE(offset);
