import { comparePositions, formatPosition, parsePosition, processOwner } from '@flowledger/event-sourcing';
import type { ConsumerRecord, HeadProbe, LogPosition, WorkReport } from '@flowledger/event-sourcing';
import { logDistance } from './log-distance';
import type { ConsumerSignals } from './signals';

export interface ConsumerSight {
  readonly consumer: string;
  /** What the read models say of it; undefined when they have never heard of it. */
  readonly record: ConsumerRecord | undefined;
  /** What this process says of it, if it works for it or stands by. */
  readonly local: WorkReport | undefined;
  /** Since the record was read: leases ran on. */
  readonly recordSecondsAgo: number;
  readonly restartsPerHour: number;
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What is known of one consumer, whichever process works for it. */
export function consumerSignals(
  probe: Pick<HeadProbe, 'head' | 'lagOf'>,
  { consumer, record, local, recordSecondsAgo, restartsPerHour }: ConsumerSight,
): ConsumerSignals {
  // The owner writes its report down now and then only; where it is this process, we know better.
  const report = (record?.lease?.owner === processOwner ? local : undefined) ?? record?.report ?? {};
  const position = furthest(record?.checkpoint?.position, report.position, local?.position);
  const leaseSecondsLeft = record?.lease ? record.lease.expiresInMilliseconds / 1_000 - recordSecondsAgo : 0;
  const owned = record?.lease && leaseSecondsLeft > 0 ? record.lease : undefined;
  const failure = textOf(report.failure);
  const state = textOf(report.state);
  return {
    consumer,
    ...(position && { position: formatPosition(position) }),
    lagSeconds: probe.lagOf(position) / 1_000,
    lagPositions: logDistance(position, probe.head),
    ...(owned && { owner: owned.owner, epoch: owned.epoch }),
    leaseSecondsLeft: Math.max(0, leaseSecondsLeft),
    ...(state !== undefined && { state }),
    ...(failure !== undefined && { failure }),
    restartsPerHour,
    denied: numberOf(local?.denied),
    generation: numberOf(report.generation),
    ...('blockedInstances' in report && { blockedInstances: numberOf(report.blockedInstances) }),
    lastEventsGone: numberOf(report.lastEventsGone),
  };
}

/** A consumer that only now and then stores its checkpoint says more in its report. */
function furthest(checkpoint: LogPosition | undefined, ...reported: unknown[]): LogPosition | undefined {
  let furthest = checkpoint;
  for (const text of reported) {
    const position = typeof text === 'string' ? parsePosition(text) : undefined;
    if (position && (!furthest || comparePositions(position, furthest) > 0)) furthest = position;
  }
  return furthest;
}
