import { comparePositions } from '@flowledger/event-sourcing';
import type { EventStore, LogPosition, ProcessStepTaken, RecordedEvent } from '@flowledger/event-sourcing';
import { flowLogRegistryStream } from '../domain/flow-log-registry.events';
import { flowLogStream } from '../domain/flow-log.events';

/** Streams whose name ends with the flow log's id. */
const ownStreams = ['flowLogLifecycle-', 'delivery-', 'deliveryReports-'] as const;

/**
 * Every event about one flow log in log order: its own stream, the processes' steps, the data plane's reports, its
 * reservation and release, and the deletions of its target and its resource. Empty when the account has no such flow log.
 */
export async function flowLogTrail(
  events: EventStore,
  flowLogId: string,
  accountId: string,
): Promise<RecordedEvent[]> {
  const life = await readAll(events, flowLogStream(flowLogId));
  const [created] = life;
  if (created?.metadata.accountId !== accountId) return [];
  const around = (await Promise.all(ownStreams.map((prefix) => readAll(events, prefix + flowLogId)))).flat();
  const steps = around.filter(({ type }) => type === 'ProcessStepTaken');
  const trail = [
    ...life,
    ...around,
    ...(await reservation(events, flowLogId, accountId, life)),
    ...(await outsideCauses(events, accountId, steps as RecordedEvent<ProcessStepTaken>[])),
  ];
  return trail.sort((a, b) => comparePositions(a.position, b.position));
}

async function readAll(events: EventStore, stream: string): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const event of events.readStream(stream)) found.push(event);
  return found;
}

/** The registry holds every flow log of the account: this one's events stand just before and just after its life. */
async function reservation(
  events: EventStore,
  flowLogId: string,
  accountId: string,
  life: readonly RecordedEvent[],
): Promise<RecordedEvent[]> {
  const stream = flowLogRegistryStream(accountId);
  const isOurs = (event: RecordedEvent): boolean =>
    event.stream === stream && (event.data as { flowLogId?: string }).flowLogId === flowLogId;
  const reserved = await nearest(events, 'backwards', life[0]!.position, [stream], isOurs);
  const deleted = life.find(({ type }) => type === 'FlowLogDeleted');
  const released = deleted && (await nearest(events, 'forwards', deleted.position, [stream], isOurs));
  return [reserved, released].filter((event) => event !== undefined);
}

/** What happens to a target or a resource is an event of theirs; the saga's steps name those that mattered here. */
async function outsideCauses(
  events: EventStore,
  accountId: string,
  steps: readonly RecordedEvent<ProcessStepTaken>[],
): Promise<RecordedEvent[]> {
  const streams = ['project-', `network-${accountId}`];
  const known = [
    'ProjectDeleted',
    'LogstoreDeleted',
    'VpcDeleted',
    'VSwitchDeleted',
    'NetworkInterfaceDeleted',
  ];
  const found = await Promise.all(
    steps
      .filter(({ data }) => known.includes(data.input.type))
      .map(({ data, position }) =>
        nearest(events, 'backwards', position, streams, ({ id }) => id === data.input.id),
      ),
  );
  return found.filter((event) => event !== undefined);
}

/** Reads page by page until it is found: an event stands close to the one that it caused, but need not. */
async function nearest(
  events: EventStore,
  direction: 'backwards' | 'forwards',
  from: LogPosition,
  streamPrefixes: readonly string[],
  matches: (event: RecordedEvent) => boolean,
): Promise<RecordedEvent | undefined> {
  for await (const event of events.readAll({ direction, from, streamPrefixes })) {
    if (matches(event)) return event;
  }
  return undefined;
}
