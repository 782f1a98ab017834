import { deterministicId, streamRevision } from '@flowledger/event-sourcing';
import type {
  CommandContext,
  EventStore,
  ProcessEvent,
  ProcessInput,
  Recorded,
  Rejected,
  SentCommand,
} from '@flowledger/event-sourcing';

/** The first command of an instance that was not carried out. */
export interface Blocked {
  readonly commandId: string;
  /** Revision of its step. */
  readonly step: string;
}

/** A command of a step, on its way out. */
export interface Outgoing {
  readonly command: SentCommand;
  readonly step: string;
  readonly input: ProcessInput;
  /** What is sent in its place. */
  readonly instead?: readonly SentCommand[];
}

/** The command that blocks an instance and every later one, as the instance's stream says by now. */
export async function outgoingFrom(
  events: EventStore,
  stream: string,
  { commandId, step }: Blocked,
): Promise<Outgoing[]> {
  const outgoing: Outgoing[] = [];
  const instead = new Map<string, readonly SentCommand[]>();
  for await (const recorded of events.readStream(stream, { from: streamRevision(BigInt(step)) })) {
    const { type, data, revision } = recorded as Recorded<ProcessEvent>;
    if (type === 'ProcessStepTaken') {
      for (const command of data.commands) outgoing.push({ command, step: `${revision}`, input: data.input });
    } else if (type === 'ProcessCommandFailed' && data.answer === 'instead') {
      instead.set(data.commandId, data.commands ?? []);
    } else if ('answer' in data && data.answer === 'skip') {
      instead.set(data.commandId, []);
    }
  }
  const first = outgoing.findIndex(({ command }) => command.commandId === commandId);
  return outgoing
    .slice(Math.max(0, first))
    .map((one) => ({ ...one, instead: instead.get(one.command.commandId) }));
}

export const contextOf = (
  process: string,
  { correlationId, id, accountId, regionId, traceId, spanId }: ProcessInput,
): Omit<CommandContext, 'commandId'> => ({
  correlationId,
  causationId: id,
  actor: `system:${process}`,
  accountId,
  ...(regionId && { regionId }),
  ...(traceId && { traceId }),
  ...(spanId && { spanId }),
});

/** A refusal of the domain, as the instance is told of it. */
export const refusal = (cause: ProcessInput, command: SentCommand, error: Rejected): ProcessInput => ({
  ...cause,
  id: deterministicId(`${command.commandId}/refused`),
  type: 'CommandRefused',
  data: { commandType: command.type, code: error.code, detail: error.detail },
});
