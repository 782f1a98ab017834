import { BrokenCapture } from '../errors';
import type { ByteSource } from './byte-source';
import type { ByteOrder, CaptureLimits, CapturePacket } from './capture-packet';
import { readUInt16, readUInt32 } from './capture-packet';
import type { FormatReader } from './format-reader';
import type { PcapngInterface } from './pcapng-interface';
import { readInterface } from './pcapng-interface';
import { instantOf } from './pcapng-time';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const needed = new Set([
  SECTION_HEADER,
  INTERFACE_DESCRIPTION,
  OBSOLETE_PACKET,
  SIMPLE_PACKET,
  ENHANCED_PACKET,
]);

/** Type and length before the body, length again after it. */
const FRAME = 12;
/** Room for options beside the packet itself. */
const PACKET_BLOCK_EXTRA = 1024 * 1024;

export function isPcapng(magic: number): boolean {
  return magic === SECTION_HEADER;
}

/** Blocks in sections; each section has its own byte order and interfaces. Unknown blocks are passed over. */
export class PcapngReader implements FormatReader {
  readonly format = 'pcapng';
  byteOrder: ByteOrder = 'little';
  linkType: number | null = null;
  truncatedAt: number | null = null;
  private order: ByteOrder = 'little';
  private interfaces: PcapngInterface[] = [];
  private packets = 0;
  /** Where the current block begins. */
  private start = 0;

  private constructor(
    private readonly source: ByteSource,
    private readonly limits: CaptureLimits,
  ) {}

  static async open(source: ByteSource, limits: CaptureLimits): Promise<PcapngReader> {
    const reader = new PcapngReader(source, limits);
    if (!(await source.has(FRAME))) throw new BrokenCapture(0, 'the section header is cut', 0);
    reader.startSection(source.peek(FRAME));
    reader.byteOrder = reader.order;
    return reader;
  }

  async next(): Promise<CapturePacket | null> {
    for (;;) {
      this.start = this.source.offset;
      if (!(await this.source.has(FRAME))) return this.end();
      const frame = this.source.peek(FRAME);
      if (frame.readUInt32BE(0) === SECTION_HEADER) this.startSection(frame);
      const type = readUInt32(frame, 0, this.order);
      const length = readUInt32(frame, 4, this.order);
      this.checkLength(type, length);
      if (!needed.has(type)) {
        if (!(await this.source.skip(length - 4)) || !(await this.source.has(4))) return this.end();
        this.checkTrailer(this.source.take(4), 0, length);
        continue;
      }
      if (!(await this.source.has(length))) return this.end();
      const block = this.source.take(length);
      this.checkTrailer(block, length - 4, length);
      const packet = this.readBlock(type, block.subarray(8, length - 4));
      if (packet) return packet;
    }
  }

  private startSection(frame: Buffer): void {
    const magic = frame.readUInt32BE(8);
    if (magic !== 0x1a2b3c4d && magic !== 0x4d3c2b1a) this.fail('the byte order of the section is unknown');
    this.order = magic === 0x1a2b3c4d ? 'big' : 'little';
    this.interfaces = [];
  }

  private readBlock(type: number, body: Buffer): CapturePacket | null {
    if (type === INTERFACE_DESCRIPTION) this.addInterface(body);
    if (type === ENHANCED_PACKET || type === OBSOLETE_PACKET) return this.packet(type, body);
    if (type === SIMPLE_PACKET) return this.simplePacket(body);
    return null;
  }

  private addInterface(body: Buffer): void {
    if (this.interfaces.length >= this.limits.interfaces)
      this.fail('the section describes too many interfaces');
    const described = readInterface(body, this.order);
    if (!described) return this.fail('an interface description is shorter than its contents');
    this.interfaces.push(described);
    this.linkType ??= described.linkType;
  }

  private packet(type: number, body: Buffer): CapturePacket {
    if (body.length < 20) this.fail('a packet block is shorter than its header');
    const index =
      type === ENHANCED_PACKET ? readUInt32(body, 0, this.order) : readUInt16(body, 0, this.order);
    const { linkType, clocking } = this.interfaceAt(index);
    const time = instantOf(readUInt32(body, 4, this.order), readUInt32(body, 8, this.order), clocking);
    if (!time) this.fail('the time of a packet lies outside 1970 to 2106');
    const data = this.captured(body, 20, readUInt32(body, 12, this.order));
    return { time, linkType, originalLength: readUInt32(body, 16, this.order), data };
  }

  private simplePacket(body: Buffer): CapturePacket {
    if (body.length < 4) this.fail('a packet block is shorter than its header');
    const { linkType, snapLength } = this.interfaceAt(0);
    const originalLength = readUInt32(body, 0, this.order);
    const length = Math.min(originalLength, snapLength || originalLength);
    return { time: null, linkType, originalLength, data: this.captured(body, 4, length) };
  }

  private captured(body: Buffer, offset: number, length: number): Buffer {
    if (length > this.limits.packetBytes)
      this.fail(`a packet of ${length} bytes is larger than any capture makes`);
    if (offset + length > body.length) this.fail('a packet is longer than its block');
    this.packets++;
    return body.subarray(offset, offset + length);
  }

  private interfaceAt(index: number): PcapngInterface {
    return this.interfaces[index] ?? this.fail(`interface ${index} is not described`);
  }

  private checkLength(type: number, length: number): void {
    const most = needed.has(type) ? this.limits.packetBytes + PACKET_BLOCK_EXTRA : this.limits.blockBytes;
    const least = type === SECTION_HEADER ? 28 : FRAME;
    if (length < least || length % 4 !== 0 || length > most)
      this.fail(`a block cannot be ${length} bytes long`);
  }

  private checkTrailer(bytes: Buffer, offset: number, length: number): void {
    if (readUInt32(bytes, offset, this.order) !== length) this.fail('the two lengths of a block differ');
  }

  private end(): null {
    if (this.source.offset > this.start || this.source.peek(1).length > 0) this.truncatedAt = this.start;
    return null;
  }

  private fail(reason: string): never {
    throw new BrokenCapture(this.start, reason, this.packets);
  }
}
