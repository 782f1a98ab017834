import type { Decider } from './decider';
import type { Event, RecordedEvent } from './event';

/** What a process manager is told: an event of the log, a timer of its own, or that a command of its own was refused. */
export interface ProcessInput<E extends Event = Event> {
  readonly id: string;
  readonly type: E['type'];
  readonly data: E['data'];
  /** When it happened (ISO 8601); for a timer when it was due. */
  readonly at: string;
  readonly correlationId: string;
  readonly accountId: string;
  readonly regionId?: string;
}

/** {@link ProcessInput} distributed over a union, so that `switch (input.type)` narrows `input.data`. */
export type Input<E extends Event> = E extends Event ? ProcessInput<E> : never;

export type TimerFired = Event<'TimerFired', { readonly timerId: string }>;
export type CommandRefused = Event<
  'CommandRefused',
  { readonly commandType: string; readonly code: string; readonly detail: string }
>;

export interface ProcessTimer {
  /** Unique within the instance: a second timer of the same id is the same timer. */
  readonly timerId: string;
  readonly dueAt: string;
}

export interface Reaction<Command> {
  readonly commands?: readonly Command[];
  readonly timers?: readonly ProcessTimer[];
}

/**
 * Reacts to events with commands (a saga). It only describes: the runtime records the input together with the commands
 * and timers that follow from it in one append to the instance's own stream, and sends the commands from there. So a
 * crash between the two cannot exist, a repeated input is seen once, and a repeated command carries the same id.
 */
export interface ProcessManager<State, E extends Event, Command extends { readonly type: string }> {
  /** Also the category of its streams: `<name>-<instance>`. */
  readonly name: string;
  /** Streams whose events it listens to. */
  readonly streamPrefixes: readonly string[];
  /** The instances an event concerns; may ask a read model, which has passed the event by then. */
  correlate(event: RecordedEvent<E>): readonly string[] | Promise<readonly string[]>;
  initialState(): State;
  /** Pure: it must not change `state`. */
  evolve(state: State, input: Input<E | TimerFired | CommandRefused>): State;
  /** Sees the state that already includes the input. Pure. */
  react(state: State, input: Input<E | TimerFired | CommandRefused>): Reaction<Command>;
}

export interface SentCommand {
  readonly commandId: string;
  readonly type: string;
}

/** The one event type of a process manager's stream: an input, and everything that follows from it. */
export type ProcessStepTaken = Event<
  'ProcessStepTaken',
  {
    readonly input: ProcessInput;
    readonly commands: readonly SentCommand[];
    readonly timers: readonly ProcessTimer[];
  }
>;

export const processStream = (name: string, instance: string): string => `${name}-${instance}`;

export interface TakeStep {
  readonly type: 'TakeStep';
  readonly input: ProcessInput;
}

/** A process manager's own stream as a decider, so that loading, racing and repeating are those of any other stream. */
export function processDecider<State, E extends Event, Command extends { readonly type: string }>(
  process: ProcessManager<State, E, Command>,
  commandId: (input: ProcessInput, index: number) => string,
): Decider<State, TakeStep, ProcessStepTaken> {
  type Told = Input<E | TimerFired | CommandRefused>;
  return {
    initialState: () => process.initialState(),
    decide({ input }, state) {
      const { commands = [], timers = [] } = process.react(
        process.evolve(state, input as Told),
        input as Told,
      );
      const sent = commands.map((command, index) => ({ ...command, commandId: commandId(input, index) }));
      return [{ type: 'ProcessStepTaken', data: { input, commands: sent, timers } }];
    },
    evolve: (state, { data }) => process.evolve(state, data.input as Told),
  };
}
