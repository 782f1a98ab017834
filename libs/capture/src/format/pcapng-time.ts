import type { Instant } from '@flowledger/flow-record';

/** How one interface counts time. */
export interface Clocking {
  /** Ticks of one second. */
  readonly ticksPerSecond: bigint;
  /** Seconds to add to every time. */
  readonly offset: bigint;
}

export const microseconds: Clocking = { ticksPerSecond: 1_000_000n, offset: 0n };

/** From the `if_tsresol` byte: a negative power of 10, or of 2 when the high bit is set. */
export function ticksPerSecond(resolution: number): bigint {
  const exponent = BigInt(resolution & 0x7f);
  return resolution & 0x80 ? 2n ** exponent : 10n ** exponent;
}

/** Null when the time lies outside 1970 to 2106, where no capture can have been made. */
export function instantOf(high: number, low: number, { ticksPerSecond, offset }: Clocking): Instant | null {
  const ticks = (BigInt(high) << 32n) | BigInt(low);
  const seconds = ticks / ticksPerSecond + offset;
  if (seconds < 0n || seconds > 0xffff_ffffn) return null;
  const nanoseconds = ((ticks % ticksPerSecond) * 1_000_000_000n) / ticksPerSecond;
  return { seconds: Number(seconds), nanoseconds: Number(nanoseconds) };
}
