import type { AggregationInterval, CollectionPeriod } from '@flowledger/flow-record';

/** One capture window and the configuration that was in force when it began. Times are Unix seconds. */
export interface Window {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly interval: AggregationInterval;
  readonly period: CollectionPeriod;
}

type Schedule = readonly CollectionPeriod[];

/** The window aligned to the epoch that holds `time` under `period`; null when nothing is collected then. */
export function windowUnder(period: CollectionPeriod, time: number): Window | null {
  const interval = period.aggregationInterval;
  if (interval === null) return null;
  const length = interval * 60;
  const start = Math.floor(time / length) * length;
  return { start, end: start + length, interval, period };
}

/**
 * The window that holds `time`, by the period in force at the window's start. A period that begins off the edges of
 * its own interval takes effect at its first edge; until then the one before it goes on.
 */
export function windowAt(schedule: Schedule, time: number): Window | null {
  for (let i = schedule.length - 1; i >= 0; i--) {
    const period = schedule[i]!;
    if (period.from > time) continue;
    const window = windowUnder(period, time);
    if (!window || window.start >= period.from) return window;
  }
  return null;
}

/** The first window that begins at `time` or later; null while the schedule knows of none. */
export function windowFrom(schedule: Schedule, time: number): Window | null {
  for (let at = time; ;) {
    const window = windowAt(schedule, at);
    if (window && window.start >= at) return window;
    const edge = window ? window.end : Infinity;
    const change = schedule.find(({ from }) => from > at)?.from ?? Infinity;
    at = Math.min(edge, change);
    if (at === Infinity) return null;
  }
}
