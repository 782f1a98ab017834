import { BrokenCapture } from '../errors';
import type { ByteChunks } from './byte-source';
import { ByteSource } from './byte-source';
import type { CaptureLimits, CapturePacket } from './capture-packet';
import { defaultCaptureLimits } from './capture-packet';
import type { FormatReader } from './format-reader';
import { isPcap, PcapReader } from './pcap-reader';
import { isPcapng, PcapngReader } from './pcapng-reader';

/**
 * The packets of a pcap or pcapng stream, in file order, read once and in bounded memory.
 * Throws `BrokenCapture`; a file cut inside its last record is not broken: see `truncatedAt`.
 */
export class CaptureReader implements AsyncIterable<CapturePacket> {
  private constructor(
    private readonly reader: FormatReader,
    private readonly source: ByteSource,
  ) {}

  static async open(chunks: ByteChunks, limits: Partial<CaptureLimits> = {}): Promise<CaptureReader> {
    const source = new ByteSource(chunks);
    try {
      return new CaptureReader(await openFormat(source, { ...defaultCaptureLimits, ...limits }), source);
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  /** For a caller that does not read on: ends the stream behind it. */
  async close(): Promise<void> {
    await this.source.close();
  }

  get format() {
    return this.reader.format;
  }

  get byteOrder() {
    return this.reader.byteOrder;
  }

  /** Of a pcap file, or of the first pcapng interface read so far. */
  get linkType() {
    return this.reader.linkType;
  }

  /** Once all packets are read: where the record begins that the file ends inside of. */
  get truncatedAt() {
    return this.reader.truncatedAt;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CapturePacket, void, undefined> {
    try {
      for (let packet = await this.reader.next(); packet; packet = await this.reader.next()) yield packet;
    } finally {
      await this.source.close();
    }
  }
}

async function openFormat(source: ByteSource, limits: CaptureLimits): Promise<FormatReader> {
  if (!(await source.has(4))) throw new BrokenCapture(0, 'the file is too short for a capture', 0);
  const magic = source.peek(4).readUInt32BE(0);
  if (isPcap(magic)) return PcapReader.open(source, limits);
  if (isPcapng(magic)) return PcapngReader.open(source, limits);
  throw new BrokenCapture(0, 'the file is neither pcap nor pcapng', 0);
}
