import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { CommandBus } from '@nestjs/cqrs';
import { Collector, PlanKeeper } from '@flowledger/collector';
import { reasonOf } from '@flowledger/event-sourcing';
import type { EmbeddedLogStore } from '@flowledger/log-store';
import type { FollowersLease, VisibleLog } from '@flowledger/worker';
import { StoreBackups } from './backups';
import { ControlPlaneReports } from './control-plane-reports';
import type { Core } from './core';
import { CollectorImports, CollectorLogs } from './door-adapters';
import { Schedule } from './schedule';
import { CollectorSimulations } from './simulations';

/** Collection, the stored entries, and what the doors can ask of them. */
export class DataPlane {
  readonly collector: Collector;
  readonly planKeeper: PlanKeeper;
  readonly logs: CollectorLogs;
  readonly imports: CollectorImports;
  readonly simulations: CollectorSimulations;
  readonly backups: StoreBackups;
  private schedule: Schedule | undefined;

  /** @param commands the bus exists once the application is built, the data plane before it */
  constructor(
    private readonly core: Core,
    private readonly logStore: EmbeddedLogStore,
    log: VisibleLog,
    commands: () => CommandBus,
  ) {
    const { config, stores, onFailure } = core;
    const { log: stored, keys, events, readModels, clock } = stores;
    const reports = new ControlPlaneReports(commands);
    this.collector = new Collector({ logStore, reports, clock, accountId: config.accountId, onFailure });
    this.planKeeper = new PlanKeeper({
      log,
      readModels,
      clock,
      plans: { apply: (plan) => this.collector.applyPlan(plan) },
      acknowledge: (flowLogs, plan) => reports.acknowledge(flowLogs, plan),
      onFailure: (error) => onFailure('collection plan', error),
    });
    this.logs = new CollectorLogs(logStore);
    this.imports = new CollectorImports(this.planKeeper, events, this.collector, clock);
    this.simulations = new CollectorSimulations(this.collector, clock);
    this.backups = new StoreBackups(
      { log: stored, logStore, keys },
      config.dataDirectory,
      config.keyDirectory,
    );
  }

  /** Call when `log` is ready. */
  async start(): Promise<void> {
    const { collector, simulations, logStore } = this;
    const { onFailure } = this.core;
    const { clock } = this.core.stores;
    await this.planKeeper.start();
    this.schedule = new Schedule([
      {
        everyMilliseconds: 1_000,
        task: async () => {
          simulations.advance();
          await collector.turn();
        },
        onFailure: (error) => onFailure('collection', error),
      },
      {
        everyMilliseconds: 60_000,
        task: () => collector.housekeeping(),
        onFailure: (error) => onFailure('housekeeping', error),
      },
      {
        everyMilliseconds: 10 * 60_000,
        task: async () => {
          // A segment a minute is fine for an hour; a year of them could not be queried.
          await logStore.compact({ olderThan: Math.floor(clock.epochMilliseconds() / 1000) - 3_600 });
        },
        onFailure: (error) => onFailure('merging segments', error),
      },
    ]);
  }

  /** What does not work at the moment. */
  get problems(): string[] {
    const { lastFailure } = this.planKeeper;
    return lastFailure === undefined ? [] : [`collection plan: ${reasonOf(lastFailure)}`];
  }

  /** Closes windows into the spool. */
  async stop(): Promise<void> {
    await this.schedule?.stop();
    await this.planKeeper.stop();
    await this.collector.stop();
  }
}

/** One collector works by the plan. The same directory after a crash is the same collector. */
export const dataPlaneLease = ({ config, stores }: Core): FollowersLease => ({
  name: 'data-plane',
  owner: createHash('sha256').update(`${hostname()}:${config.dataDirectory}`).digest('hex').slice(0, 32),
  leases: stores.readModels,
});
