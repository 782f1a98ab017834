export type { ByteChunks } from './byte-source';
export type { ByteOrder, CaptureLimits, CapturePacket } from './capture-packet';
export { defaultCaptureLimits } from './capture-packet';
export { CaptureReader } from './capture-reader';
