export { decodePacket } from './decode-packet';
export { isSupportedLinkType } from './link-layer';
export type { SkipReason } from './skip-reason';
export { skipReasons } from './skip-reason';
