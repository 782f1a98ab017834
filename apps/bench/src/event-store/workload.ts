import { newId } from '@flowledger/event-sourcing';
import type { EventMetadata, NewEvent } from '@flowledger/event-sourcing';

const metadata: EventMetadata = {
  $correlationId: newId(),
  $causationId: newId(),
  actor: 'bench',
  accountId: '1000000000000001',
  regionId: 'cn-hangzhou',
  command: 'ChangeFlowLog',
  schemaVersion: 1,
};

/** About 500 bytes as JSON, as an event of a flow log is. */
export const anEvent = (stream: string, at: number): NewEvent => ({
  id: newId(),
  type: 'FlowLogDescribed',
  data: { flowLogId: stream, at, text: { name: `flow log ${at}`, description: 'd'.repeat(180) } },
  metadata,
});

/** The events of each caller, in the order in which it appends them to its own stream. */
export function workload(callers: number, perCaller: number, run: string) {
  return Array.from({ length: callers }, (_, caller) => {
    const stream = `bench-${run}-${caller}`;
    return { stream, events: Array.from({ length: perCaller }, (_, at) => anEvent(stream, at)) };
  });
}

export type Workload = ReturnType<typeof workload>;
