import { Simulations } from '@flowledger/api';
import type { Simulation, SimulationParameters } from '@flowledger/api';
import { SimulatedTraffic } from '@flowledger/collector';
import type { Collector } from '@flowledger/collector';
import { newId } from '@flowledger/event-sourcing';
import type { Clock } from '@flowledger/event-sourcing';

interface Running {
  readonly accountId: string;
  readonly simulation: Simulation;
  readonly traffic: SimulatedTraffic;
}

/** Simulated traffic beside the real one, for as long as the process lives. */
export class CollectorSimulations extends Simulations {
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly collector: Collector,
    private readonly clock: Clock,
  ) {
    super();
  }

  async start(accountId: string, parameters: SimulationParameters): Promise<Simulation> {
    const { networkInterfaceIds, backfillSeconds, ...profile } = parameters;
    const now = this.now();
    const traffic = new SimulatedTraffic(
      this.collector,
      { accountId, profile, ...(networkInterfaceIds && { networkInterfaceIds }) },
      now,
    );
    if (backfillSeconds > 0) {
      const minute = Math.floor(now / 60) * 60;
      await traffic.backfill(minute - backfillSeconds, minute);
      await this.collector.deliverer.run();
    }
    const simulation = { ...parameters, simulationId: `sim-${newId()}`, startedAt: this.clock.now() };
    this.running.set(simulation.simulationId, { accountId, simulation, traffic });
    return simulation;
  }

  async list(accountId: string): Promise<readonly Simulation[]> {
    return [...this.running.values()]
      .filter((one) => one.accountId === accountId)
      .map(({ simulation }) => simulation);
  }

  async stop(accountId: string, simulationId: string): Promise<boolean> {
    if (this.running.get(simulationId)?.accountId !== accountId) return false;
    return this.running.delete(simulationId);
  }

  advance(): void {
    const now = this.now();
    for (const { traffic } of this.running.values()) traffic.advance(now);
  }

  private now(): number {
    return Math.floor(this.clock.epochMilliseconds() / 1000);
  }
}
