import type { HealthReport } from '@flowledger/api';
import { Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ConsumerSignals, HealthSignals } from './signals';

export interface Watched {
  signals(): HealthSignals;
  report(): HealthReport;
}

type Row = readonly [name: string, help: string, read: (signals: ConsumerSignals) => number];

const consumerGauges: readonly Row[] = [
  [
    'lag_seconds',
    'Since the log was first seen to hold an event that it has not handled',
    (c) => c.lagSeconds,
  ],
  [
    'lag_positions',
    'Distance to the end of the log: events, or bytes with EventStoreDB',
    (c) => c.lagPositions,
  ],
  ['owned', '1 while a process works for it', (c) => (c.owner === undefined ? 0 : 1)],
  ['lease_seconds_left', 'Until its lease runs out', (c) => c.leaseSecondsLeft],
  ['lease_epoch', 'Grows with each owner', (c) => c.epoch ?? 0],
  ['claims_denied', 'Claims of this process that were denied since its start', (c) => c.denied],
  ['generation', 'Subscriptions that its owner has begun', (c) => c.generation],
  ['restarts_last_hour', 'Subscriptions begun again within the last hour', (c) => c.restartsPerHour],
  ['failing', '1 while its last try failed', (c) => (c.failure === undefined ? 0 : 1)],
  [
    'fingerprint_mismatch',
    '1 when the log is not the one that it has followed',
    (c) => (c.failure?.startsWith('LogWentBack') ? 1 : 0),
  ],
  ['live', '1 when it follows the end of the log', (c) => (c.state === 'live' ? 1 : 0)],
  ['blocked_instances', 'Instances of process managers that stand still', (c) => c.blockedInstances ?? 0],
  ['last_events_gone', 'How often the last event handled was scavenged', (c) => c.lastEventsGone],
];

const gauges: readonly (readonly [string, string, (signals: HealthSignals) => number])[] = [
  ['head_probe_age_seconds', 'Since the end of the log was seen', (s) => s.head.ageSeconds],
  ['health_measured_age_seconds', 'Since leases and checkpoints were looked at', (s) => s.measuredSecondsAgo],
  ['parked_events', 'Events that could not be folded, and those behind them', (s) => s.parked.events],
  ['parked_sequences', 'Documents whose events are parked', (s) => s.parked.sequences],
  ['parked_oldest_seconds', 'Since the oldest event was parked', (s) => s.parked.oldestSeconds],
  ['spooled_entries', 'Entries that wait for delivery', (s) => s.spool?.entries ?? 0],
  ['spooled_bytes', 'Their share of the segments', (s) => s.spool?.bytes ?? 0],
  ['spooled_oldest_seconds', 'Since the window of the oldest of them', (s) => s.spool?.oldestSeconds ?? 0],
];

/** Everything of health as gauges, read from the monitor when they are asked for. */
export function registerHealthMetrics(registry: Registry, health: Watched): { appendToVisible: Histogram } {
  const registers = [registry];
  for (const [name, help, read] of gauges) {
    const gauge: Gauge = new Gauge({
      name: `flowledger_${name}`,
      help,
      registers,
      collect: () => gauge.set(read(health.signals())),
    });
  }
  for (const [name, help, read] of consumerGauges) {
    const gauge: Gauge = new Gauge({
      name: `flowledger_consumer_${name}`,
      help,
      labelNames: ['consumer'],
      registers,
      collect: () => {
        for (const consumer of health.signals().consumers)
          gauge.set({ consumer: consumer.consumer }, read(consumer));
      },
    });
  }
  const red: Gauge = new Gauge({
    name: 'flowledger_health_red',
    help: '1 for each signal of health that is red',
    labelNames: ['signal', 'of'],
    registers,
    collect: () => {
      for (const { name, of = '', state } of health.report().signals)
        if (state !== 'information') red.set({ signal: name, of }, state === 'red' ? 1 : 0);
    },
  });
  const faults: Gauge = new Gauge({
    name: 'flowledger_unhandled_faults',
    help: 'Rejections and exceptions that nobody caught since the start',
    labelNames: ['kind'],
    registers,
    collect: () => {
      const { unhandledRejections, uncaughtExceptions } = health.signals().faults;
      faults.set({ kind: 'rejection' }, unhandledRejections);
      faults.set({ kind: 'exception' }, uncaughtExceptions);
    },
  });
  const appendToVisible = new Histogram({
    name: 'flowledger_append_to_visible_seconds',
    help: 'From the append of an event until every read model shows it, while live',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  return { appendToVisible };
}
