import { processStream } from '@flowledger/event-sourcing';
import type {
  AggregateStore,
  CommandContext,
  Event,
  ProcessEvent,
  ProcessManager,
} from '@flowledger/event-sourcing';
import { processDecider } from './process-instance';
import type { ProcessOrder } from './process-instance';

/**
 * An operator's answer to a dead letter: the command is sent again, or skipped, and what waited for it follows.
 * @returns false when that command does not block the instance (any more)
 */
export async function releaseCommand<State, E extends Event, Command extends { readonly type: string }>(
  aggregates: AggregateStore,
  process: ProcessManager<State, E, Command>,
  instance: string,
  { commandId, answer }: { readonly commandId: string; readonly answer: 'retry' | 'skip' },
  context: CommandContext,
): Promise<boolean> {
  const order = { type: 'ReleaseCommand', commandId, answer } as const;
  return (await ordered(aggregates, process, instance, order, context)).length > 0;
}

/** Tries the parked inputs of an instance again, in order. @returns how many became steps */
export async function takeParkedInputs<State, E extends Event, Command extends { readonly type: string }>(
  aggregates: AggregateStore,
  process: ProcessManager<State, E, Command>,
  instance: string,
  context: CommandContext,
): Promise<number> {
  return (await ordered(aggregates, process, instance, { type: 'TakeParkedSteps' }, context)).length;
}

async function ordered<State, E extends Event, Command extends { readonly type: string }>(
  aggregates: AggregateStore,
  process: ProcessManager<State, E, Command>,
  instance: string,
  order: ProcessOrder,
  context: CommandContext,
): Promise<readonly ProcessEvent[]> {
  const stream = processStream(process.name, instance);
  return (await aggregates.handle(stream, processDecider(process, stream), order, context)).events;
}
