import type { RecordedEvent } from './event';

/** A share of the accounts. All documents of an account are in one segment, so an account's order is one consumer's. */
export interface Segment {
  readonly index: number;
  readonly of: number;
}

export const wholeLog: Segment = { index: 0, of: 1 };

/** FNV-1a of the account modulo the number of segments: the same in every process, with nobody to ask. */
export function segmentOf(accountId: string, segments: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < accountId.length; index++) {
    hash = Math.imul(hash ^ accountId.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % segments;
}

export const inSegment = (
  { index, of }: Segment,
  events: readonly RecordedEvent[],
): readonly RecordedEvent[] =>
  of === 1 ? events : events.filter(({ metadata }) => segmentOf(metadata.accountId, of) === index);

/** The consumer's name for one segment of its work. */
export const segmentConsumer = (name: string, { index, of }: Segment): string =>
  of === 1 ? name : `${name}.${index + 1}-of-${of}`;
