import { performance } from 'node:perf_hooks';
import type { Provider } from '@nestjs/common';
import { HealthReports, Metrics, Pressure } from '@flowledger/api';
import type { Collector } from '@flowledger/collector';
import { ProjectionRunner } from '@flowledger/event-sourcing';
import type { HeadProbe } from '@flowledger/event-sourcing';
import type { Worker } from '@flowledger/worker';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { PrometheusMetrics } from '../metrics';
import type { Stores } from '../stores';
import type { CommandCounts } from './command-metrics';
import { CommandPressure } from './command-pressure';
import { HealthMonitor } from './health-monitor';
import { healthLimits } from './limits';
import { processFaults } from './process-faults';
import { spoolSignals } from './spool-signals';

/** The consumer of `ProcessManagerRuntime`. */
const processManagers = 'process-managers';

export interface WatchedHealthOptions {
  readonly stores: Pick<Stores, 'readModels' | 'logStore' | 'clock'>;
  readonly probe: HeadProbe;
  readonly worker: Worker;
  readonly collector: Collector;
  readonly config: Config;
  readonly logger: Logger;
  /** Of the doors, once there are any. */
  readonly commands: () => CommandCounts;
}

/** Health, metrics and back-pressure of a process, from one monitor. */
export class WatchedHealth {
  readonly monitor: HealthMonitor;
  readonly providers: Provider[];
  private readonly metrics: PrometheusMetrics;

  constructor(private readonly options: WatchedHealthOptions) {
    const { stores, probe, worker, collector, config, logger, commands } = options;
    const limits = { ...config.backPressure, spoolBytes: config.limits.spoolBytes };
    const { logStore, clock } = stores;
    this.monitor = new HealthMonitor({
      ...stores,
      probe,
      consumers: [ProjectionRunner.consumer, processManagers],
      limits: healthLimits(limits),
      faults: () => processFaults.counts,
      local: () => ({
        [ProjectionRunner.consumer]: { ...worker.runner.report(), state: worker.runner.state },
        [processManagers]: { ...worker.processes.report(), state: worker.processes.state },
      }),
      spool: spoolSignals(logStore, () => collector.plan.deliveries, clock),
      onDenied: (consumer, times) => logger.warn({ consumer, times }, 'another process works for it'),
    });
    const pressure = new CommandPressure(
      () => this.monitor.signals(),
      limits,
      () => performance.now(),
    );
    this.monitor.refusing = () => pressure.refusing;
    this.metrics = new PrometheusMetrics({ worker, collector, logStore, monitor: this.monitor, commands });
    this.providers = [
      { provide: HealthReports, useValue: this.monitor },
      { provide: Pressure, useValue: pressure },
      { provide: Metrics, useValue: this.metrics },
    ];
  }

  start(): Promise<void> {
    return this.monitor.start();
  }

  /** To be called once the read models have caught up: what a rebuild makes visible says nothing about latency. */
  measureLatency(): void {
    const { runner } = this.options.worker;
    runner.onCommitted((events) => {
      if (runner.state !== 'live') return;
      for (const { recordedAt } of events) {
        const seconds = Math.max(
          0,
          (this.options.stores.clock.epochMilliseconds() - Date.parse(recordedAt)) / 1_000,
        );
        this.monitor.latency.add(seconds);
        this.metrics.appendToVisible.observe(seconds);
      }
    });
  }

  stop(): Promise<void> {
    return this.monitor.stop();
  }
}
