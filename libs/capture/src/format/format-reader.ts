import type { ByteOrder, CapturePacket } from './capture-packet';

/** What a file format tells while it is read. */
export interface FormatReader {
  readonly format: 'pcap' | 'pcapng';
  /** Of the first section. */
  readonly byteOrder: ByteOrder;
  /** Of the file, or of its first interface; null while none is described. */
  readonly linkType: number | null;
  /** Offset of a last record that the file ends inside of; null when the file ends between records. */
  readonly truncatedAt: number | null;
  /** The next whole packet, or null at the end. */
  next(): Promise<CapturePacket | null>;
}
