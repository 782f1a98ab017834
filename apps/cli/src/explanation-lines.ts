import { cellText } from './table';

interface Step {
  readonly stream: string;
  readonly position: string;
  readonly type: string;
  readonly input: string | null;
  readonly commands: readonly string[];
  readonly timers: readonly { readonly timerId: string; readonly dueAt: string }[];
  readonly problem: string | null;
}

interface Event {
  readonly stream: string;
  readonly position: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly documents: readonly { readonly readModel: string; readonly id: string }[];
  readonly steps: readonly Step[];
  readonly caused: readonly ExplainedCommand[];
}

interface ExplainedCommand {
  readonly command: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly events: readonly Event[];
}

export interface Explanation {
  readonly id: string;
  readonly events: number;
  readonly truncated: boolean;
  readonly commands: readonly ExplainedCommand[];
}

/** A tree for people: each command, below it what it decided, where that shows and what followed from it. */
export function explanationLines({ id, events, truncated, commands }: Explanation): string[] {
  const more = truncated ? '; there is more than is told here' : '';
  return [
    `${cellText(id)}: ${events} events${more}`,
    ...commands.flatMap((command) => commandLines(command, '')),
  ];
}

function commandLines(command: ExplainedCommand, indent: string): string[] {
  const { actor, correlationId, causationId, traceId, spanId } = command;
  const trace = traceId === null ? '' : `, trace ${traceId}/${spanId}`;
  const why = `correlation ${correlationId}, because of ${causationId}${trace}`;
  return [
    `${indent}${cellText(command.command)} by ${cellText(actor)} (${why})`,
    ...command.events.flatMap((event) => eventLines(event, `${indent}  `)),
  ];
}

function eventLines(event: Event, indent: string): string[] {
  const { type, position, recordedAt, stream, documents, steps, caused } = event;
  const inner = `${indent}  `;
  const shown = documents.map(({ readModel, id }) => `${readModel}/${id}`);
  return [
    `${indent}→ ${cellText(type)} at ${position}, ${recordedAt}, in ${cellText(stream)}`,
    ...(shown.length > 0 ? [`${inner}shows in ${cellText(shown)}`] : []),
    ...steps.map((step) => `${inner}${stepText(step)}`),
    ...caused.flatMap((command) => commandLines(command, inner)),
  ];
}

function stepText({ stream, position, type, input, commands, timers, problem }: Step): string {
  const told = input === null ? type : `told of ${input}`;
  const followed = [
    ...commands.map((command) => `sends ${command}`),
    ...timers.map(({ timerId, dueAt }) => `sets ${timerId} for ${dueAt}`),
    ...(problem === null ? [] : [problem]),
  ];
  return cellText(`${stream} at ${position}, ${told}: ${followed.join('; ') || 'nothing follows'}`);
}
