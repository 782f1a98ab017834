import type { Handled, LogPosition } from '@flowledger/event-sourcing';
import type { FlowLogEvent } from '../domain/flow-log.events';
import type { FlowLog } from '../domain/flow-log.state';

/** What every command on a flow log answers. */
export interface FlowLogWritten {
  readonly flowLogId: string;
  /** Read models that have passed it show the write. */
  readonly position: LogPosition;
}

/** A command that was not refused has a stream to stand on, so there is a position. */
export const written = (
  flowLogId: string,
  { position }: Pick<Handled<FlowLog, FlowLogEvent>, 'position'>,
): FlowLogWritten => ({ flowLogId, position: position! });
