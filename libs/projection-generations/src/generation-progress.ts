import { comparePositions, formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition, ProjectionRunner } from '@flowledger/event-sourcing';
import type { GenerationRecord } from './generation-records';

/** A generation that this process folds. */
export interface RunningGeneration {
  readonly runner: ProjectionRunner;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Its checkpoint at that time. */
  readonly startedFrom: LogPosition | undefined;
}

export interface GenerationProgress extends GenerationRecord {
  /** Whether it answers queries. */
  readonly serving: boolean;
  readonly position: string | null;
  readonly head: string | null;
  /** Since this process began to fold it. */
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
  const { position, handledEvents = 0, parkedCount = 0 } = running?.runner ?? {};
  const seconds = running ? Math.max(0.001, (Date.now() - running.startedAt) / 1_000) : 1;
  const done = place(position) - place(running?.startedFrom);
  const left = head && position ? place(head) - place(position) : undefined;
  const arrived = !!head && !!position && comparePositions(position, head) >= 0;
  return {
    ...record,
    serving,
    position: position ? formatPosition(position) : null,
    head: head ? formatPosition(head) : null,
    eventsPerSecond: Math.round(handledEvents / seconds),
    secondsLeft: arrived ? 0 : left !== undefined && done > 0 ? Math.ceil((left / done) * seconds) : null,
    parkedEvents: parkedCount,
  };
}

/** For estimates alone: positions have gaps, so a difference says nothing exact. */
const place = (position: LogPosition | undefined): number => Number(position?.commit ?? 0);
