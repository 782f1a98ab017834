import { ProblemRefused, UsageError } from './failures';
import { deliveryText, flowLogPath } from './flow-log-shown';
import type { AuditEvent, FlowLog } from './resources';
import type { RestClient } from './rest-client';
import type { Column } from './table';

/** An event of the trail and the flow log as it was right after it; null before its creation and after its end. */
export interface AuditStep {
  readonly event: AuditEvent;
  readonly flowLog: FlowLog | null;
}

/** A moment of the log: a position, or a time in milliseconds since the epoch. */
export type Moment = { readonly position: readonly [bigint, bigint] } | { readonly time: number };

/** @throws UsageError */
export function parseMoment(text: string): Moment {
  const position = positionOf(text);
  if (position) return { position };
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`--as-of: "${text}" is neither an ISO 8601 time nor a position`);
  return { time };
}

function positionOf(text: string): readonly [bigint, bigint] | undefined {
  const match = /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text);
  return match ? [BigInt(match[1]!), BigInt(match[2] ?? match[1]!)] : undefined;
}

/** The prefix of a trail before the first event that came later; by position, that event included. */
export function isLaterThan(moment: Moment, { position, recordedAt }: AuditEvent): boolean {
  if ('time' in moment) return Date.parse(recordedAt) > moment.time;
  const [commit, prepare] = positionOf(position) ?? [0n, 0n];
  return commit === moment.position[0] ? prepare > moment.position[1] : commit > moment.position[0];
}

/** Folds the trail step by step: the state after each event, as the service computes it for that position. */
export async function* replay(
  client: RestClient,
  flowLogId: string,
  until?: Moment,
): AsyncGenerator<AuditStep> {
  let flowLog: FlowLog | null = null;
  for await (const event of client.items<AuditEvent>(`${flowLogPath(flowLogId)}/events`)) {
    if (until && isLaterThan(until, event)) return;
    const changesIt = event.stream === undefined || event.stream === `flowLog-${flowLogId}`;
    if (changesIt) flowLog = await stateAfter(client, flowLogId, event.position);
    yield { event, flowLog };
  }
}

async function stateAfter(client: RestClient, flowLogId: string, position: string): Promise<FlowLog | null> {
  try {
    return await client.get<FlowLog>(flowLogPath(flowLogId), { asOf: position });
  } catch (error) {
    if (error instanceof ProblemRefused && error.problem.status === 404) return null;
    throw error;
  }
}

export const auditColumns: readonly Column<AuditEvent>[] = [
  { title: 'position', of: ({ position }) => position, align: 'right' },
  { title: 'time', of: ({ recordedAt }) => recordedAt },
  { title: 'actor', of: ({ actor }) => actor },
  { title: 'command', of: ({ command }) => command },
  { title: 'event', of: ({ type, data }) => eventText(type, data) },
];

export const stepColumns: readonly Column<AuditStep>[] = [
  ...auditColumns.map(({ of, ...column }) => ({ ...column, of: ({ event }: AuditStep) => of(event) })),
  { title: 'status', of: ({ flowLog }) => flowLog?.status },
  { title: 'label', of: ({ flowLog }) => flowLog?.deliverStatus },
  { title: 'delivery', of: ({ flowLog }) => flowLog && deliveryText(flowLog.delivery) },
  { title: 'min', of: ({ flowLog }) => flowLog?.aggregationInterval, align: 'right' },
];

/** A process's step is told with what it reacted to. */
function eventText(type: string, data: unknown): string {
  const { input } = (data ?? {}) as { input?: { type?: unknown } };
  return typeof input?.type === 'string' ? `${type} (${input.type})` : type;
}
