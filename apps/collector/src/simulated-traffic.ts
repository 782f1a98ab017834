import { WindowAggregator } from '@flowledger/aggregation';
import { defaultTrafficProfile, TrafficSimulator } from '@flowledger/capture';
import type { TrafficProfile } from '@flowledger/capture';
import type { PlannedInterface } from '@flowledger/flow-record';
import type { Collector } from './collector';
import { skippedPackets } from './segment-batches';

export interface SimulatedTrafficOptions {
  readonly accountId: string;
  readonly profile: Partial<TrafficProfile>;
  /** Only these interfaces of the account; all of them when absent. */
  readonly networkInterfaceIds?: readonly string[];
}

/** A source of live observations for the interfaces that the plan knows; it follows the plan as it changes. */
export class SimulatedTraffic {
  private simulator: TrafficSimulator;
  private interfaces: string;
  private next: number;

  constructor(
    private readonly collector: Collector,
    private readonly options: SimulatedTrafficOptions,
    now: number,
  ) {
    this.next = now;
    const covered = this.covered();
    this.interfaces = addressesOf(covered);
    this.simulator = this.simulatorFor(covered);
  }

  /** Hands the collector what happened up to `now` (Unix seconds, exclusive). */
  advance(now: number): void {
    this.followPlan();
    for (const observation of this.simulator.observe(this.next, now)) this.collector.observe(observation);
    this.next = Math.max(this.next, now);
  }

  /** Traffic of [from, to) at once, as an import would bring it. @returns entries stored */
  async backfill(from: number, to: number): Promise<number> {
    const covered = this.covered();
    const windows = new WindowAggregator(covered, { mode: { kind: 'import' } });
    for (const observation of this.simulatorFor(covered).observe(from, to)) windows.observe(observation);
    return this.collector.storeImported(windows.closeAll(), skippedPackets(windows.skipped));
  }

  private covered(): PlannedInterface[] {
    const { accountId, networkInterfaceIds } = this.options;
    return this.collector.plan.interfaces.filter(
      (planned) =>
        planned.accountId === accountId &&
        planned.addresses.length > 0 &&
        (networkInterfaceIds?.includes(planned.networkInterfaceId) ?? true),
    );
  }

  private followPlan(): void {
    const covered = this.covered();
    const interfaces = addressesOf(covered);
    if (interfaces !== this.interfaces) this.simulator = this.simulatorFor(covered);
    this.interfaces = interfaces;
  }

  private simulatorFor(interfaces: readonly PlannedInterface[]): TrafficSimulator {
    return new TrafficSimulator({ ...defaultTrafficProfile, ...this.options.profile }, interfaces);
  }
}

const addressesOf = (interfaces: readonly PlannedInterface[]): string =>
  JSON.stringify(interfaces.map(({ addresses }) => addresses));
