import { formatPosition } from '@flowledger/event-sourcing';
import type { AnyProjection, RecordedEvent } from '@flowledger/event-sourcing';

/** What a process manager made of an event: an input, a failed attempt, a refusal. */
export interface ExplainedStep {
  readonly stream: string;
  readonly position: string;
  readonly type: string;
  /** Type of what it was told; null when the step has no input of its own. */
  readonly input: string | null;
  /** Types of the commands that followed. */
  readonly commands: readonly string[];
  readonly timers: readonly { readonly timerId: string; readonly dueAt: string }[];
  /** Why a command of it was refused or failed; null when none was. */
  readonly problem: string | null;
}

export interface ExplainedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly recordedAt: string;
  /** Documents of read models that it is folded into. */
  readonly documents: readonly { readonly readModel: string; readonly id: string }[];
  readonly steps: readonly ExplainedStep[];
  /** Commands that it caused. */
  readonly caused: readonly ExplainedCommand[];
}

/** A command that was carried out, with what it decided. */
export interface ExplainedCommand {
  readonly command: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly events: readonly ExplainedEvent[];
}

interface StepData {
  readonly input?: { readonly id: string; readonly type: string; readonly data?: unknown };
  readonly step?: string;
  readonly commandType?: string;
  readonly reason?: string;
  readonly commands?: readonly { readonly type: string }[];
  readonly timers?: ExplainedStep['timers'];
}

/**
 * Events of one thing as a tree: command → events → documents, steps of process managers → commands. Steps whose cause is
 * not among the events (a timer, a refusal, an event of something else) stand with the step before them in their stream,
 * or else at a command of their own.
 */
export function explain(
  events: readonly RecordedEvent[],
  projections: readonly AnyProjection[],
  isProcess: (stream: string) => boolean,
): ExplainedCommand[] {
  const facts = events.filter(({ stream }) => !isProcess(stream));
  const known = new Set(facts.map(({ id }) => id));
  const steps = new Map<string, ExplainedStep[]>();
  const orphans: RecordedEvent[] = [];
  const homes = new Map<string, string>();
  for (const event of events) {
    if (!isProcess(event.stream)) continue;
    const { input, step } = event.data as StepData;
    const cause = [input?.id, step, event.metadata.$causationId].find((id) => id && known.has(id));
    const home = cause ?? homes.get(event.stream);
    if (home === undefined) {
      orphans.push(event);
      continue;
    }
    homes.set(event.stream, home);
    steps.set(home, [...(steps.get(home) ?? []), stepOf(event)]);
  }
  const effects = grouped(facts, ({ metadata }) => metadata.$causationId);
  const commandsOf = (causes: readonly RecordedEvent[]): ExplainedCommand[] =>
    [...grouped(causes, keyOf).values()].map((decided) => ({
      ...commandOf(decided[0]!),
      events: decided.map((event) => ({
        ...placeOf(event),
        documents: documentsOf(event, projections),
        steps: steps.get(event.id) ?? [],
        caused: commandsOf(effects.get(event.id) ?? []),
      })),
    }));
  const roots = facts.filter(({ metadata }) => !known.has(metadata.$causationId));
  return [...commandsOf(roots), ...orphans.map(orphanOf)];
}

function grouped(events: readonly RecordedEvent[], keyOf: (event: RecordedEvent) => string) {
  const groups = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const group = groups.get(keyOf(event));
    if (group) group.push(event);
    else groups.set(keyOf(event), [event]);
  }
  return groups;
}

const keyOf = ({ metadata }: RecordedEvent): string =>
  [metadata.$causationId, metadata.command, metadata.actor].join('\0');

const commandOf = ({ metadata }: RecordedEvent): Omit<ExplainedCommand, 'events'> => ({
  command: metadata.command,
  actor: metadata.actor,
  correlationId: metadata.$correlationId,
  causationId: metadata.$causationId,
  traceId: metadata.traceId ?? null,
  spanId: metadata.spanId ?? null,
});

const placeOf = ({ id, stream, revision, position, type, recordedAt }: RecordedEvent) => ({
  id,
  stream,
  revision: Number(revision),
  position: formatPosition(position),
  type,
  recordedAt,
});

const documentsOf = (
  event: RecordedEvent,
  projections: readonly AnyProjection[],
): ExplainedEvent['documents'] =>
  projections
    .filter(({ streamPrefixes }) => streamPrefixes.some((prefix) => event.stream.startsWith(prefix)))
    .flatMap((projection) =>
      [projection.documentIds(event) ?? []]
        .flat()
        .map((id) => ({ readModel: projection.readModel.name, id })),
    );

function stepOf(event: RecordedEvent): ExplainedStep {
  const { input, reason, commandType, commands = [], timers = [] } = event.data as StepData;
  const refused =
    input?.type === 'CommandRefused' ? (input.data as { code?: string; detail?: string }) : undefined;
  const failed = reason === undefined ? null : `${commandType ?? 'A command'} failed: ${reason}`;
  return {
    stream: event.stream,
    position: formatPosition(event.position),
    type: event.type,
    input: input?.type ?? null,
    commands: commands.map(({ type }) => type),
    timers,
    problem: refused ? `${refused.code}: ${refused.detail}` : failed,
  };
}

const orphanOf = (event: RecordedEvent): ExplainedCommand => ({
  ...commandOf(event),
  events: [{ ...placeOf(event), documents: [], steps: [stepOf(event)], caused: [] }],
});
