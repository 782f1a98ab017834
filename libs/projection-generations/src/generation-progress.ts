import { comparePositions, formatPosition, parsePosition } from '@flowledger/event-sourcing';
import type { ConsumerRecord, LogPosition } from '@flowledger/event-sourcing';
import type { GenerationRecord } from './generation-records';

export interface GenerationProgress extends GenerationRecord {
  /** Whether it answers queries. */
  readonly serving: boolean;
  /** That every segment has passed; null before the first commit. */
  readonly position: string | null;
  readonly head: string | null;
  /** All segments together, since their owners began. */
  readonly eventsPerSecond: number;
  /** An estimate; null while nothing can be said. */
  readonly secondsLeft: number | null;
  readonly parkedEvents: number;
  /** What keeps it from going on. */
  readonly failures: readonly string[];
}

/** @param consumers those that fold the generation, one a segment; undefined where one has not begun */
export function progressOf(
  record: GenerationRecord,
  serving: boolean,
  head: LogPosition | undefined,
  consumers: readonly (ConsumerRecord | undefined)[],
): GenerationProgress {
  const position = least(consumers.map(positionOf));
  const rate = sum(consumers, 'eventsPerSecond');
  const handled = sum(consumers, 'handledEvents');
  const arrived = !!head && !!position && comparePositions(position, head) >= 0;
  const left = handled * (place(head) / Math.max(1, place(position)) - 1);
  return {
    ...record,
    serving,
    position: position ? formatPosition(position) : null,
    head: head ? formatPosition(head) : null,
    eventsPerSecond: rate,
    secondsLeft: arrived ? 0 : rate > 0 && position ? Math.ceil(left / rate) : null,
    parkedEvents: sum(consumers, 'parkedEvents'),
    failures: consumers.flatMap((one) =>
      typeof one?.report?.['failure'] === 'string' ? [one.report['failure']] : [],
    ),
  };
}

const positionOf = (consumer: ConsumerRecord | undefined): LogPosition | undefined => {
  const reported = consumer?.report?.['position'];
  return (
    consumer?.checkpoint?.position ?? (typeof reported === 'string' ? parsePosition(reported) : undefined)
  );
};

const sum = (consumers: readonly (ConsumerRecord | undefined)[], member: string): number =>
  consumers.reduce((total, one) => total + Number(one?.report?.[member] ?? 0), 0);

/** Undefined when one of them is. */
const least = (positions: readonly (LogPosition | undefined)[]): LogPosition | undefined =>
  positions.length > 0 && !positions.includes(undefined)
    ? positions.reduce((a, b) => (comparePositions(a!, b!) <= 0 ? a : b))
    : undefined;

/** For estimates alone: positions have gaps, so a difference says nothing exact. */
const place = (position: LogPosition | undefined): number => Number(position?.commit ?? 0);
