import { performance } from 'node:perf_hooks';
import type { Provider } from '@nestjs/common';
import { HealthReports, Metrics, Pressure } from '@flowledger/api';
import type { Health } from '@flowledger/api';
import { ProjectionRunner, segmentConsumer } from '@flowledger/event-sourcing';
import type { WorkReport } from '@flowledger/event-sourcing';
import type { Worker } from '@flowledger/worker';
import type { Core } from '../core';
import { PrometheusMetrics } from '../metrics';
import type { MeasuredParts } from '../metrics';
import { CommandPressure } from './command-pressure';
import { HealthMonitor } from './health-monitor';
import { healthLimits } from './limits';
import { processFaults } from './process-faults';
import { spoolSignals } from './spool-signals';

/** The consumer of `ProcessManagerRuntime`. */
const processManagers = 'process-managers';

export interface WatchedHealthOptions extends Omit<MeasuredParts, 'monitor'> {
  /** Of this process. */
  readonly health: () => Health;
}

/** Health, metrics and back-pressure of a process, from one monitor: of the whole service, whoever does the work. */
export class WatchedHealth {
  readonly monitor: HealthMonitor;
  readonly metrics: PrometheusMetrics;
  readonly providers: Provider[];

  constructor(
    private readonly core: Core,
    private readonly options: WatchedHealthOptions,
  ) {
    const { stores, probe, config, logger } = core;
    const { worker, dataPlane } = options;
    const limits = { ...config.backPressure, spoolBytes: config.limits.spoolBytes };
    const { readModels, clock } = stores;
    this.monitor = new HealthMonitor({
      readModels,
      clock,
      probe,
      consumers: consumersOf(config.segments),
      limits: healthLimits(limits),
      faults: () => processFaults.counts,
      ...(worker && { local: () => reportsOf(worker) }),
      ...(dataPlane && {
        spool: spoolSignals(dataPlane.logStore, () => dataPlane.collector.plan.deliveries, clock),
      }),
      onDenied: (consumer, times) => logger.debug({ consumer, times }, 'another process works for it'),
    });
    const pressure = new CommandPressure(
      () => this.monitor.signals(),
      limits,
      () => performance.now(),
    );
    this.monitor.refusing = () => pressure.refusing;
    this.metrics = new PrometheusMetrics({ ...options, monitor: this.monitor });
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
    const { worker } = this.options;
    worker?.log.onCommitted((events) => {
      if (worker.runners.some(({ state }) => state === 'catching-up')) return;
      const now = this.core.stores.clock.epochMilliseconds();
      for (const { recordedAt } of events) {
        const seconds = Math.max(0, (now - Date.parse(recordedAt)) / 1_000);
        this.monitor.latency.add(seconds);
        this.metrics.appendToVisible.observe(seconds);
      }
    });
  }

  stop(): Promise<void> {
    return this.monitor.stop();
  }
}

const consumersOf = (segments: number): string[] =>
  [ProjectionRunner.consumer, processManagers].flatMap((name) =>
    Array.from({ length: segments }, (_, index) => segmentConsumer(name, { index, of: segments })),
  );

function reportsOf({ runners, processes }: Worker): Record<string, WorkReport> {
  const reports = (name: string, parts: readonly { report(): WorkReport; readonly state: string }[]) =>
    parts.map((part, index) => [
      segmentConsumer(name, { index, of: parts.length }),
      { ...part.report(), state: part.state },
    ]);
  return Object.fromEntries([
    ...reports(ProjectionRunner.consumer, runners),
    ...reports(processManagers, processes),
  ]) as Record<string, WorkReport>;
}
