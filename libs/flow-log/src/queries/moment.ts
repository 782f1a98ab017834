import { comparePositions, parsePosition } from '@flowledger/event-sourcing';
import type { LogPosition, RecordedEvent } from '@flowledger/event-sourcing';
import { FlowLogRejected } from '../domain/flow-log.errors';

/** A point of the log's history: a position, or a time in milliseconds since the epoch. */
export type Moment = { readonly position: LogPosition } | { readonly time: number };

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** @throws FlowLogRejected InvalidParameter */
export function parseMoment(text: string): Moment {
  // A position token names its log behind an @.
  const [, position] = /^(\d{1,20}(?:\.\d{1,20})?)(?:@[0-9a-f]{12})?$/.exec(text) ?? [];
  if (position) return { position: parsePosition(position) };
  const time = isoTime.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new FlowLogRejected(
      'InvalidParameter',
      'asOf is an ISO 8601 time with its zone, or the text of a position',
      'asOf',
    );
  }
  return { time };
}

/** The prefix that is shown ends before the first such event: by position inclusive, by time the time's own events too. */
export const isAfter = (event: Pick<RecordedEvent, 'position' | 'recordedAt'>, moment: Moment): boolean =>
  'position' in moment
    ? comparePositions(event.position, moment.position) > 0
    : Date.parse(event.recordedAt) > moment.time;
