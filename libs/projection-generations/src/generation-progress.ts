import { comparePositions, formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition, ProjectionRunner } from '@flowledger/event-sourcing';
import type { GenerationRecord } from './generation-records';

/** A generation that this process folds, or stands by to fold. */
export interface RunningGeneration {
  /** One a segment. */
  readonly runners: readonly ProjectionRunner[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

export interface GenerationProgress extends GenerationRecord {
  /** Whether it answers queries. */
  readonly serving: boolean;
  /** That every segment has passed, as far as this process knows. */
  readonly position: string | null;
  readonly head: string | null;
  /** By this process, since it began. */
  readonly eventsPerSecond: number;
  /** An estimate; null while nothing can be said. */
  readonly secondsLeft: number | null;
  readonly parkedEvents: number;
}

export function progressOf(
  record: GenerationRecord,
  serving: boolean,
  head: LogPosition | undefined,
  running: RunningGeneration | undefined,
): GenerationProgress {
  const { runners = [], startedAt = 0 } = running ?? {};
  const position = least(runners.map((runner) => runner.position));
  const seconds = Math.max(0.001, (Date.now() - startedAt) / 1_000);
  const sum = (of: (runner: ProjectionRunner) => number): number =>
    runners.reduce((total, runner) => total + of(runner), 0);
  const left = head && position ? place(head) - place(position) : undefined;
  const arrived = !!head && !!position && comparePositions(position, head) >= 0;
  return {
    ...record,
    serving,
    position: position ? formatPosition(position) : null,
    head: head ? formatPosition(head) : null,
    eventsPerSecond: Math.round(sum(({ handledEvents }) => handledEvents) / seconds),
    secondsLeft: arrived
      ? 0
      : left !== undefined && place(position) > 0
        ? Math.ceil((left / place(position)) * seconds)
        : null,
    parkedEvents: sum(({ parkedCount }) => parkedCount),
  };
}

/** Undefined when one of them is. */
const least = (positions: readonly (LogPosition | undefined)[]): LogPosition | undefined =>
  positions.length > 0 && !positions.includes(undefined)
    ? positions.reduce((a, b) => (comparePositions(a!, b!) <= 0 ? a : b))
    : undefined;

/** For estimates alone: positions have gaps, so a difference says nothing exact. */
const place = (position: LogPosition | undefined): number => Number(position?.commit ?? 0);
