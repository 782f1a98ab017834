import { newId, streamRevision } from '@flowledger/event-sourcing';
import type {
  CommandContext,
  Decider,
  Event,
  EventStore,
  ExpectedRevision,
  AggregateStore,
} from '@flowledger/event-sourcing';

import type { Workload } from '../event-store/workload';

export type Work = Workload;

export const context = (): CommandContext => ({
  commandId: newId(),
  correlationId: newId(),
  causationId: newId(),
  actor: 'bench',
  accountId: '1000000000000001',
  regionId: 'cn-hangzhou',
});

type Describe = { readonly type: 'Describe'; readonly data: unknown };

/** Decides one event of the workload's size; its state is how many there were. */
export const describing: Decider<number, Describe, Event> = {
  initialState: () => 0,
  decide: ({ data }) => [{ type: 'FlowLogDescribed', data }],
  evolve: (count) => count + 1,
};

/** Each caller appends to its own stream, one event after the other, at the revision it knows. */
export async function append(store: EventStore, work: Work): Promise<void> {
  await Promise.all(
    work.map(async ({ stream, events }) => {
      let expected: ExpectedRevision = 'no-stream';
      for (const [revision, event] of events.entries()) {
        await store.append(stream, expected, [event]);
        expected = streamRevision(revision);
      }
    }),
  );
}

/** Each caller has its stream load, decide and append, one command after the other. */
export async function handle(aggregates: AggregateStore, work: Work): Promise<void> {
  await Promise.all(
    work.map(async ({ stream, events }) => {
      for (const { data } of events)
        await aggregates.handle(stream, describing, { type: 'Describe', data }, context());
    }),
  );
}

/** Folds the events into one document, as a projection does while it catches up. */
export async function fold(store: EventStore, prefix: string, count: number): Promise<number> {
  let bytes = 0;
  let left = count;
  for await (const message of store.subscribe({ streamPrefixes: [prefix] })) {
    if (message.kind !== 'events') continue;
    for (const event of message.events) bytes += (event.data as { at: number }).at;
    if ((left -= message.events.length) <= 0) break;
  }
  return bytes;
}
