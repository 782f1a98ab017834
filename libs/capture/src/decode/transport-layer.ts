export interface TransportHeader {
  readonly srcport: number;
  readonly dstport: number;
  readonly tcpFlags: number;
}

const TCP = 6;
const UDP = 17;
const none: TransportHeader = { srcport: 0, dstport: 0, tcpFlags: 0 };

/** Ports only when the whole fixed header is in the captured part. */
export function readTransportHeader(data: Buffer, offset: number | null, protocol: number): TransportHeader {
  if (offset === null) return none;
  if (protocol === TCP && data.length >= offset + 20) {
    return {
      srcport: data.readUInt16BE(offset),
      dstport: data.readUInt16BE(offset + 2),
      tcpFlags: data[offset + 13]!,
    };
  }
  if (protocol === UDP && data.length >= offset + 8) {
    return { srcport: data.readUInt16BE(offset), dstport: data.readUInt16BE(offset + 2), tcpFlags: 0 };
  }
  return none;
}
