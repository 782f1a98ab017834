import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Histogram } from 'prom-client';
import type { Metrics } from '@flowledger/api';
import type { Collector } from '@flowledger/collector';
import type { LogStore } from '@flowledger/log-store';
import type { Worker } from '@flowledger/worker';
import { registerCommandMetrics } from './health/command-metrics';
import type { CommandCounts } from './health/command-metrics';
import { registerHealthMetrics } from './health/health-metrics';
import type { Watched } from './health/health-metrics';

export interface MetricsOptions {
  readonly worker: Worker;
  readonly collector: Collector;
  readonly logStore: LogStore;
  readonly monitor: Watched;
  readonly commands: () => CommandCounts;
}

/** Gauges are read when they are asked for: nothing is counted twice, nothing is kept up to date in between. */
export class PrometheusMetrics implements Metrics {
  private readonly registry = new Registry();

  readonly appendToVisible: Histogram;

  constructor({ worker, collector, logStore, monitor, commands }: MetricsOptions) {
    collectDefaultMetrics({ register: this.registry });
    this.appendToVisible = registerHealthMetrics(this.registry, monitor).appendToVisible;
    registerCommandMetrics(this.registry, commands);
    this.gauge('flowledger_ready', 'Whether the read models and the plan have caught up', () =>
      worker.ready ? 1 : 0,
    );
    this.gauge('flowledger_problems', 'Parts that do not work at the moment', () => worker.problems.length);
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

  /** Of everything that it exports (docs/operations.md). */
  get names(): string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }

  text(): Promise<string> {
    return this.registry.metrics();
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
