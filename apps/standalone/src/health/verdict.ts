import type { HealthReport, HealthSignal } from '@flowledger/api';
import type { ConsumerSignals, HealthSignals } from './signals';

/** Beyond these a signal is red. */
export interface HealthLimits {
  readonly lagSeconds: number;
  readonly latencySeconds: number;
  readonly parkedEvents: number;
  readonly parkedSeconds: number;
  readonly blockedInstances: number;
  readonly restartsPerHour: number;
  readonly spoolBytes: number;
}

export type Verdict = Omit<HealthReport, 'at'>;

/** Judges what was measured, each signal by itself: a good one never outweighs a bad one. */
export function verdictOf(signals: HealthSignals, limits: HealthLimits): Verdict {
  const judged = [
    measuring(signals),
    headProbe(signals),
    ...signals.consumers.flatMap((consumer) => consumerSignals(consumer, limits)),
    parked(signals, limits),
    ...faults(signals),
    ...optional(signals, limits),
  ];
  return { state: judged.some(({ state }) => state === 'red') ? 'red' : 'green', signals: judged };
}

type Judged = Omit<HealthSignal, 'state'> & { readonly red: boolean };

const judge = ({ red, ...signal }: Judged): HealthSignal => ({ ...signal, state: red ? 'red' : 'green' });

function measuring({ measuredSecondsAgo, periodSeconds, measuringFailure }: HealthSignals): HealthSignal {
  const limit = Math.max(5, 3 * periodSeconds);
  return judge({
    name: 'measured',
    value: measuredSecondsAgo,
    unit: 'seconds',
    limit,
    red: measuredSecondsAgo > limit,
    why: measuringFailure
      ? `The read models cannot be asked: ${measuringFailure}`
      : 'Since leases, checkpoints and parked events were looked at',
  });
}

/** A lag of 0 says nothing while nobody looks at the head. */
function headProbe({ head }: HealthSignals): HealthSignal {
  const limit = 2 * head.periodSeconds;
  return judge({
    name: 'head-probe-age',
    value: head.ageSeconds,
    unit: 'seconds',
    limit,
    red: head.ageSeconds > limit,
    why: head.failure
      ? `The end of the log cannot be read: ${head.failure}`
      : `Since the end of the log was seen, at ${head.position ?? 'its beginning'}`,
  });
}

function consumerSignals(consumer: ConsumerSignals, limits: HealthLimits): HealthSignal[] {
  const { consumer: of, owner, failure, state } = consumer;
  const otherLog = failure?.startsWith('LogWentBack') ?? false;
  const at = consumer.position ?? 'the beginning';
  return [
    judge({
      name: 'lag',
      of,
      value: consumer.lagSeconds,
      unit: 'seconds',
      limit: limits.lagSeconds,
      red: consumer.lagSeconds > limits.lagSeconds,
      why: `At ${at}${state ? `, ${state}` : ''}; ${consumer.lagPositions} behind the end of the log`,
    }),
    judge({
      name: 'owner',
      of,
      value: owner ?? null,
      red: owner === undefined,
      why: owner
        ? `Epoch ${consumer.epoch}, its lease ends in ${consumer.leaseSecondsLeft.toFixed(1)} s`
        : 'No process works for it: start a worker, or wait for a lease to run out',
    }),
    judge({
      name: 'failure',
      of,
      value: failure?.split(':')[0] ?? null,
      red: !!failure,
      why: failure ?? 'none',
    }),
    judge({
      name: 'fingerprint',
      of,
      value: otherLog ? 'mismatch' : 'match',
      red: otherLog,
      why: otherLog ? failure! : `${consumer.lastEventsGone} times its last event was scavenged`,
    }),
    judge({
      name: 'subscription',
      of,
      value: consumer.restartsPerHour,
      unit: 'restarts an hour',
      limit: limits.restartsPerHour,
      red: consumer.restartsPerHour > limits.restartsPerHour,
      why: `Generation ${consumer.generation}, ${state ?? 'not started'}`,
    }),
    ...blockedProcesses(consumer, limits),
  ];
}

const blockedProcesses = (
  { consumer: of, blockedInstances: value }: ConsumerSignals,
  limits: HealthLimits,
) =>
  value === undefined
    ? []
    : [
        judge({
          name: 'blocked-processes',
          of,
          value,
          unit: 'instances',
          limit: limits.blockedInstances,
          red: value > limits.blockedInstances,
          why: 'Instances of process managers whose next command was not carried out',
        }),
      ];

function parked(
  { parked: { events, sequences, oldestSeconds } }: HealthSignals,
  limits: HealthLimits,
): HealthSignal {
  return judge({
    name: 'parked',
    value: events,
    unit: 'events',
    limit: limits.parkedEvents,
    red: events > limits.parkedEvents || (events > 0 && oldestSeconds > limits.parkedSeconds),
    why: events
      ? `Of ${sequences} documents, the oldest for ${Math.round(oldestSeconds)} s (limit ${limits.parkedSeconds} s)`
      : 'none',
  });
}

const faults = ({ faults: counts }: HealthSignals): HealthSignal[] =>
  (
    [
      ['unhandled rejection', counts.unhandledRejections],
      ['uncaught exception', counts.uncaughtExceptions],
    ] as const
  ).map(([of, value]) =>
    judge({
      name: 'faults',
      of,
      value,
      unit: 'faults',
      limit: 0,
      red: value > 0,
      why: value ? 'A fault of ours that nobody caught: see the log' : 'none',
    }),
  );

function optional({ latency, spool, refusing }: HealthSignals, limits: HealthLimits): HealthSignal[] {
  return [
    latency &&
      judge({
        name: 'append-to-visible',
        value: latency.p99Seconds,
        unit: 'seconds',
        limit: limits.latencySeconds,
        red: latency.p99Seconds > limits.latencySeconds,
        why: `p99 of ${latency.events} events; p50 ${latency.p50Seconds.toFixed(3)} s`,
      }),
    spool &&
      judge({
        name: 'spool',
        value: spool.bytes,
        unit: 'bytes',
        limit: limits.spoolBytes,
        red: spool.bytes > limits.spoolBytes,
        why: `${spool.entries} entries wait, the oldest for ${Math.round(spool.oldestSeconds)} s`,
      }),
    refusing !== undefined &&
      ({ name: 'back-pressure', state: 'information', value: 'refusing commands', why: refusing } as const),
  ].filter((signal) => !!signal);
}
