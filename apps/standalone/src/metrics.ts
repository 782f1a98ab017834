import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Histogram } from 'prom-client';
import type { Health, Metrics } from '@flowledger/api';
import type { Collector } from '@flowledger/collector';
import type { LogStore } from '@flowledger/log-store';
import type { Worker } from '@flowledger/worker';
import { registerCommandMetrics } from './health/command-metrics';
import type { CommandCounts } from './health/command-metrics';
import { registerHealthMetrics } from './health/health-metrics';
import type { Watched } from './health/health-metrics';

/** What this process has of the service. */
export interface MeasuredParts {
  readonly health: () => Health;
  readonly monitor: Watched;
  /** Of the doors, where there are any. */
  readonly commands?: () => CommandCounts;
  readonly worker?: Worker;
  readonly dataPlane?: { readonly collector: Collector; readonly logStore: LogStore };
}

/** Gauges are read when they are asked for: nothing is counted twice, nothing is kept up to date in between. */
export class PrometheusMetrics implements Metrics {
  private readonly registry = new Registry();
  readonly appendToVisible: Histogram;

  constructor({ health, monitor, commands, worker, dataPlane }: MeasuredParts) {
    collectDefaultMetrics({ register: this.registry });
    this.appendToVisible = registerHealthMetrics(this.registry, monitor).appendToVisible;
    if (commands) registerCommandMetrics(this.registry, commands);
    this.gauge('flowledger_ready', 'Whether this process has caught up and works', () =>
      health().ready ? 1 : 0,
    );
    this.gauge('flowledger_problems', 'Parts that do not work at the moment', () => health().problems.length);
    if (worker) this.measureWorker(worker);
    if (dataPlane) {
      this.measureCollector(dataPlane.collector);
      this.measureLogStore(dataPlane.logStore);
    }
  }

  /** Of everything that it exports (docs/operations.md). */
  get names(): string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private measureWorker(worker: Worker): void {
    this.gauge(
      'flowledger_held_segments',
      'Segments whose read models this process folds',
      () => worker.heldSegments,
    );
  }

  private measureCollector(collector: Collector): void {
    this.gauge(
      'flowledger_collection_plan_version',
      'Version of the plan in force',
      () => collector.plan.version,
    );
    this.gauge(
      'flowledger_planned_interfaces',
      'Interfaces in the plan',
      () => collector.plan.interfaces.length,
    );
    this.gauge(
      'flowledger_observed_packets',
      'Packets observed live since the start',
      () => collector.counts.observed,
    );
    this.gauge(
      'flowledger_unwritten_entries',
      'Closed entries that could not be stored yet',
      () => collector.unwrittenEntries,
    );
    const skipped = new Gauge({
      name: 'flowledger_skipped_packets',
      help: 'Packets that are in no entry, by reason',
      labelNames: ['reason'],
      registers: [this.registry],
      collect: () => {
        for (const [reason, packets] of Object.entries(collector.counts.skipped))
          skipped.set({ reason }, packets);
      },
    });
  }

  private measureLogStore(logStore: LogStore): void {
    this.gauge(
      'flowledger_stored_segments',
      'Segments in the log store',
      async () => (await logStore.usage()).segments,
    );
    this.gauge(
      'flowledger_stored_bytes',
      'Bytes of segments and manifest',
      async () => (await logStore.usage()).bytes,
    );
  }

  private gauge(name: string, help: string, read: () => number | Promise<number>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      collect: async (): Promise<void> => gauge.set(await read()),
    });
  }
}
