import { deterministicId, patience, reasonOf } from '@flowledger/event-sourcing';
import type {
  CommandRefused,
  Decider,
  Event,
  Input,
  ProcessCommandFailed,
  ProcessEvent,
  ProcessInput,
  ProcessInputParked,
  ProcessManager,
  ProcessStepTaken,
  SentCommand,
  TimerFired,
} from '@flowledger/event-sourcing';

export type ProcessOrder =
  | { readonly type: 'TakeStep'; readonly input: ProcessInput }
  | { readonly type: 'TakeParkedSteps' }
  | {
      readonly type: 'RecordFailure';
      /** What was sent: the command itself, or one sent in its place. */
      readonly command: SentCommand;
      /** Of the command in the step. */
      readonly commandId: string;
      readonly step: string;
      readonly reason: string;
      readonly epochMilliseconds: number;
    }
  | { readonly type: 'ResumeCommands'; readonly commandId: string }
  | { readonly type: 'ReleaseCommand'; readonly commandId: string; readonly answer: 'retry' | 'skip' };

export interface ProcessInstance<State> {
  readonly state: State;
  readonly parked: readonly ProcessInput[];
  /** The command that everything after it waits for. */
  readonly blocked?: { readonly commandId: string; readonly step: string; readonly attempts: number };
}

/** A process manager's own stream as a decider, so that loading, racing and repeating are those of any other stream. */
export function processDecider<State, E extends Event, Command extends { readonly type: string }>(
  process: ProcessManager<State, E, Command>,
  stream: string,
): Decider<ProcessInstance<State>, ProcessOrder, ProcessEvent> {
  type Told = Input<E | TimerFired | CommandRefused>;
  const numbered = (commands: readonly { readonly type: string }[], cause: string): SentCommand[] =>
    commands.map((command, index) => ({
      ...command,
      commandId: deterministicId(`${stream}/${cause}/${index}`),
    }));

  const step = (state: State, input: ProcessInput): ProcessStepTaken => {
    const { commands = [], timers = [] } = process.react(process.evolve(state, input as Told), input as Told);
    return { type: 'ProcessStepTaken', data: { input, commands: numbered(commands, input.id), timers } };
  };

  /** As many steps as can be taken now: the first that fails keeps the rest. */
  const parkedSteps = ({ state, parked }: ProcessInstance<State>): ProcessStepTaken[] => {
    const steps: ProcessStepTaken[] = [];
    let folded = state;
    for (const input of parked) {
      try {
        steps.push(step(folded, input));
        folded = process.evolve(folded, input as Told);
      } catch {
        break;
      }
    }
    return steps;
  };

  const failure = (
    { state, blocked }: ProcessInstance<State>,
    { command, commandId, step, reason, epochMilliseconds }: ProcessOrder & { type: 'RecordFailure' },
  ): ProcessCommandFailed => {
    const attempt = (blocked?.commandId === commandId ? blocked.attempts : 0) + 1;
    const failed = { command: command as unknown as Command, reason, attempt };
    const answer = process.onFailure?.(state, failed) ?? patience(failed);
    const data = { commandId, commandType: command.type, step, attempt, reason, answer: answer.answer };
    switch (answer.answer) {
      case 'retry': {
        const retryAt = new Date(epochMilliseconds + answer.afterMilliseconds).toISOString();
        return { type: 'ProcessCommandFailed', data: { ...data, retryAt } };
      }
      case 'instead': {
        const commands = numbered(answer.commands, `${commandId}/instead/${attempt}`);
        return { type: 'ProcessCommandFailed', data: { ...data, commands } };
      }
      default:
        return { type: 'ProcessCommandFailed', data };
    }
  };

  return {
    initialState: () => ({ state: process.initialState(), parked: [] }),
    decide(order, instance) {
      const { state, parked, blocked } = instance;
      switch (order.type) {
        case 'TakeStep': {
          const { input } = order;
          const park = (reason: string): ProcessInputParked => ({
            type: 'ProcessInputParked',
            data: { input, reason },
          });
          if (parked.length > 0) return [park('an earlier input is parked')];
          try {
            return [step(state, input)];
          } catch (error) {
            return [park(reasonOf(error))];
          }
        }
        case 'TakeParkedSteps':
          return parkedSteps(instance);
        case 'RecordFailure':
          return [failure(instance, order)];
        case 'ResumeCommands':
          return blocked?.commandId === order.commandId
            ? [{ type: 'ProcessCommandsResumed', data: { commandId: order.commandId } }]
            : [];
        case 'ReleaseCommand': {
          if (blocked?.commandId !== order.commandId) return [];
          const { commandId, answer } = order;
          return [{ type: 'ProcessCommandReleased', data: { commandId, answer, step: blocked.step } }];
        }
      }
    },
    evolve(instance, { type, data }) {
      switch (type) {
        case 'ProcessStepTaken': {
          const state = process.evolve(instance.state, data.input as Told);
          return { ...instance, state, parked: instance.parked.filter(({ id }) => id !== data.input.id) };
        }
        case 'ProcessInputParked':
          return { ...instance, parked: [...instance.parked, data.input] };
        case 'ProcessCommandFailed': {
          const { commandId, step, attempt } = data;
          return { ...instance, blocked: { commandId, step, attempts: attempt } };
        }
        case 'ProcessCommandReleased':
          return instance.blocked ? { ...instance, blocked: { ...instance.blocked, attempts: 0 } } : instance;
        case 'ProcessCommandsResumed': {
          const { blocked: _, ...free } = instance;
          return free;
        }
      }
    },
  };
}
