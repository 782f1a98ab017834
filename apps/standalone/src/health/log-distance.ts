import type { LogPosition } from '@flowledger/event-sourcing';

/**
 * How much log lies between two positions: about as many events with the embedded log, bytes with EventStoreDB. For
 * people's eyes only; nothing is resumed from it.
 */
export function logDistance(from: LogPosition | undefined, to: LogPosition | undefined): number {
  const [start, end] = [from?.commit ?? 0n, to?.commit ?? 0n];
  return end > start ? Number(end - start) : 0;
}
