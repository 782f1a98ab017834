/** Appends carry a deadline in absolute time, taken from our clock: a server that is ahead by more refuses them all. */
export const tolerableSkewMs = 2_000;

/** The server tells its time in whole seconds. */
const resolutionMs = 1_000;

/** How far the server's clock is from ours, as far as that can be told from its answers. */
export class ServerClock {
  /** Positive when the server is ahead. 0 while the clocks may be the same. */
  skewMs = 0;
  private warned = false;

  constructor(private readonly warn: (warning: string) => void) {}

  observe(serverTime: Date, now = Date.now()): void {
    const ahead = serverTime.getTime() - now;
    this.skewMs = ahead > 0 ? ahead : Math.min(0, ahead + resolutionMs);
    const tolerable = Math.abs(this.skewMs) <= tolerableSkewMs;
    if (!tolerable && !this.warned)
      this.warn(`The clock of EventStoreDB ${this.description}: set both by NTP`);
    this.warned = !tolerable;
  }

  /** `""`, or what to add to the error of an append that was not answered. */
  get suspicion(): string {
    return Math.abs(this.skewMs) <= tolerableSkewMs ? '' : `; its clock ${this.description}`;
  }

  private get description(): string {
    const seconds = Math.round(Math.abs(this.skewMs) / 1_000);
    return `is ${seconds} s ${this.skewMs > 0 ? 'ahead of' : 'behind'} ours`;
  }
}
