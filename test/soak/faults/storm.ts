import { setTimeout as pause } from 'node:timers/promises';
import type { Deployment } from '../deployment/deployment';
import type { Random } from '../random';

type Fault = 'SIGKILL' | 'SIGSTOP' | 'store outage' | 'clock jump';

/** `full` is everything; `without deaths` lets processes live long enough to show what their memory does. */
export type Strength = 'full' | 'without deaths';

const weights: Readonly<Record<Strength, Readonly<Record<Fault, number>>>> = {
  full: { SIGKILL: 4, SIGSTOP: 3, 'store outage': 3, 'clock jump': 3 },
  'without deaths': { SIGKILL: 0, SIGSTOP: 2, 'store outage': 2, 'clock jump': 1 },
};

/** Faults at random times, several at once when it comes to that. */
export class Storm {
  /** How many of each. */
  readonly counts: Record<string, number> = {};
  private readonly under = new Set<Promise<void>>();

  constructor(
    private readonly deployment: Deployment,
    private readonly random: Random,
  ) {}

  async rage(strength: Strength, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(this.random.between(3_000, 12_000), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
      const fault = this.random.weighted(weights[strength]);
      const running = this.strike(fault).finally(() => this.under.delete(running));
      this.under.add(running);
    }
    await Promise.all(this.under);
  }

  private async strike(fault: Fault): Promise<void> {
    const { processes } = this.deployment;
    const process = this.random.oneOf(processes);
    switch (fault) {
      case 'SIGKILL':
        this.count(`SIGKILL ${process.name}`);
        return process.kill();
      case 'SIGSTOP':
        this.count(`SIGSTOP ${process.name}`);
        return process.freeze(this.random.between(1_000, 20_000));
      case 'store outage':
        return this.outage();
      case 'clock jump':
        this.count(`clock jump ${process.name}`);
        return process.clock.jump(this.leap());
    }
  }

  /** Mostly up to two minutes, now and then up to an hour, either way. */
  private leap(): number {
    const most = this.random.fraction() < 0.15 ? 3_600_000 : 120_000;
    return this.random.between(-most, most);
  }

  private async outage(): Promise<void> {
    const { stores } = this.deployment;
    if (stores.length === 0) return;
    const store = this.random.oneOf(stores);
    const ways = ['refused', 'held', ...(store.freeze ? ['frozen'] : []), ...(store.kill ? ['killed'] : [])];
    const way = this.random.oneOf(ways);
    const milliseconds = this.random.between(1_000, 15_000);
    this.count(`${store.name} ${way}`);
    if (way === 'frozen') return store.freeze!(milliseconds);
    if (way === 'killed') return store.kill!(milliseconds);
    store.road.become(way === 'refused' ? 'refuse' : 'hold');
    await pause(milliseconds);
    store.road.become('open');
  }

  private count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}
