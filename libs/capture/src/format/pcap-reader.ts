import { BrokenCapture } from '../errors';
import type { ByteSource } from './byte-source';
import type { ByteOrder, CaptureLimits, CapturePacket } from './capture-packet';
import { readUInt16, readUInt32 } from './capture-packet';
import type { FormatReader } from './format-reader';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** The four magic numbers as their first four bytes read big-endian. */
const magics: ReadonlyMap<number, { byteOrder: ByteOrder; unitsPerSecond: number }> = new Map([
  [0xa1b2c3d4, { byteOrder: 'big', unitsPerSecond: 1e6 }],
  [0xd4c3b2a1, { byteOrder: 'little', unitsPerSecond: 1e6 }],
  [0xa1b23c4d, { byteOrder: 'big', unitsPerSecond: 1e9 }],
  [0x4d3cb2a1, { byteOrder: 'little', unitsPerSecond: 1e9 }],
]);

export function isPcap(magic: number): boolean {
  return magics.has(magic);
}

/** The classic format, version 2: one link type and resolution a file. */
export class PcapReader implements FormatReader {
  readonly format = 'pcap';
  truncatedAt: number | null = null;
  private packets = 0;

  private constructor(
    private readonly source: ByteSource,
    private readonly limits: CaptureLimits,
    readonly byteOrder: ByteOrder,
    private readonly unitsPerSecond: number,
    readonly linkType: number,
  ) {}

  static async open(source: ByteSource, limits: CaptureLimits): Promise<PcapReader> {
    if (!(await source.has(FILE_HEADER))) throw new BrokenCapture(0, 'the file header is cut', 0);
    const header = source.take(FILE_HEADER);
    const { byteOrder, unitsPerSecond } = magics.get(header.readUInt32BE(0))!;
    const version = readUInt16(header, 4, byteOrder);
    if (version !== 2) throw new BrokenCapture(4, `pcap version ${version} is unknown`, 0);
    // The upper bits tell of frame check sequences.
    const linkType = readUInt32(header, 20, byteOrder) & 0x03ff_ffff;
    return new PcapReader(source, limits, byteOrder, unitsPerSecond, linkType);
  }

  async next(): Promise<CapturePacket | null> {
    const { source, byteOrder } = this;
    const offset = source.offset;
    if (!(await source.has(RECORD_HEADER))) return this.end(offset);
    const header = source.take(RECORD_HEADER);
    const captured = readUInt32(header, 8, byteOrder);
    if (captured > this.limits.packetBytes) {
      throw new BrokenCapture(
        offset,
        `a packet of ${captured} bytes is larger than any capture makes`,
        this.packets,
      );
    }
    if (!(await source.has(captured))) return this.end(offset);
    this.packets++;
    const fraction = readUInt32(header, 4, byteOrder);
    return {
      time: {
        // A fraction of a second or more is carried over.
        seconds: readUInt32(header, 0, byteOrder) + Math.floor(fraction / this.unitsPerSecond),
        nanoseconds: (fraction % this.unitsPerSecond) * (1e9 / this.unitsPerSecond),
      },
      linkType: this.linkType,
      originalLength: readUInt32(header, 12, byteOrder),
      data: source.take(captured),
    };
  }

  private end(recordOffset: number): null {
    const cut = this.source.offset > recordOffset || this.source.peek(1).length > 0;
    if (cut) this.truncatedAt = recordOffset;
    return null;
  }
}
