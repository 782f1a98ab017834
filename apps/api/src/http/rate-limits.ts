import { Injectable } from '@nestjs/common';
import { Clock } from '@flowledger/event-sourcing';
import { DoorOptions } from '../ports';
import { TooManyRequests } from './http-errors';

const minute = 60_000;
const mostKeys = 100_000;

/** Counts in windows of a minute; forgets the oldest key when there are too many. */
class MinuteCounter {
  private readonly counts = new Map<string, { startedAt: number; count: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
  ) {}

  /** Seconds until the key may go on; 0 when it may now. */
  waitSeconds(key: string): number {
    const { startedAt, count } = this.current(key);
    return count < this.limit
      ? 0
      : Math.max(1, Math.ceil((startedAt + minute - this.clock.epochMilliseconds()) / 1000));
  }

  add(key: string): void {
    this.current(key).count += 1;
  }

  private current(key: string): { startedAt: number; count: number } {
    const now = this.clock.epochMilliseconds();
    let entry = this.counts.get(key);
    if (!entry || now - entry.startedAt >= minute) {
      entry = { startedAt: now, count: 0 };
      this.counts.delete(key);
      this.counts.set(key, entry);
      const oldest = this.counts.keys().next().value;
      if (this.counts.size > mostKeys && oldest !== undefined) this.counts.delete(oldest);
    }
    return entry;
  }
}

@Injectable()
export class RateLimits {
  private readonly requests: MinuteCounter;
  private readonly failedSignIns: MinuteCounter;

  constructor(clock: Clock, options: DoorOptions) {
    this.requests = new MinuteCounter(clock, options.requestsPerMinute);
    this.failedSignIns = new MinuteCounter(clock, options.failedSignInsPerMinute);
  }

  /** @throws TooManyRequests */
  countRequest(tokenId: string): void {
    const wait = this.requests.waitSeconds(tokenId);
    if (wait > 0) throw new TooManyRequests('Too many requests with this token', wait);
    this.requests.add(tokenId);
  }

  /** @throws TooManyRequests */
  assertMaySignIn(address: string): void {
    const wait = this.failedSignIns.waitSeconds(address);
    if (wait > 0) throw new TooManyRequests('Too many failed sign-ins from this address', wait);
  }

  countFailedSignIn(address: string): void {
    this.failedSignIns.add(address);
  }
}
