import type { AnyProjection } from '@flowledger/event-sourcing';
import { blockedProcessesProjection } from './blocked-processes';
import { processTimersProjection } from './process-timers.projection';

/** The read models that the runtime of this process manager needs. */
export const processProjections = (process: string): AnyProjection[] => [
  processTimersProjection(process),
  blockedProcessesProjection(process),
];
