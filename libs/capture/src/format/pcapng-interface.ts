import type { ByteOrder } from './capture-packet';
import { readUInt16, readUInt32 } from './capture-packet';
import type { Clocking } from './pcapng-time';
import { microseconds, ticksPerSecond } from './pcapng-time';

export interface PcapngInterface {
  readonly linkType: number;
  /** 0: no limit. */
  readonly snapLength: number;
  readonly clocking: Clocking;
}

const END_OF_OPTIONS = 0;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

/** The body of an interface description block, or null when an option runs beyond it. */
export function readInterface(body: Buffer, order: ByteOrder): PcapngInterface | null {
  if (body.length < 8) return null;
  let clocking = microseconds;
  for (let at = 8; at + 4 <= body.length;) {
    const code = readUInt16(body, at, order);
    const length = readUInt16(body, at + 2, order);
    if (code === END_OF_OPTIONS) break;
    if (at + 4 + length > body.length) return null;
    if (code === IF_TSRESOL && length === 1) {
      clocking = { ...clocking, ticksPerSecond: ticksPerSecond(body.readUInt8(at + 4)) };
    }
    if (code === IF_TSOFFSET && length === 8) {
      const offset = order === 'little' ? body.readBigInt64LE(at + 4) : body.readBigInt64BE(at + 4);
      clocking = { ...clocking, offset };
    }
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { linkType: readUInt16(body, 0, order), snapLength: readUInt32(body, 4, order), clocking };
}
