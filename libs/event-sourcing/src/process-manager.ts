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
  /** Of the event it was made from: the trace goes on with the commands that follow. */
  readonly traceId?: string;
  readonly spanId?: string;
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

/** A command that was sent and neither carried out nor refused by the domain. */
export interface CommandFailure<Command> {
  readonly command: Command;
  /** What was thrown, in one line. */
  readonly reason: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/**
 * What is done about a failed command. The answer is recorded, so it survives a restart. Until the command is settled
 * nothing later of the same instance is sent; other instances do not notice.
 */
export type FailureAnswer<Command> =
  | { readonly answer: 'retry'; readonly afterMilliseconds: number }
  /** Goes on without it. */
  | { readonly answer: 'skip' }
  /** A dead letter: the instance stands still until an operator retries or skips the command. */
  | { readonly answer: 'stop' }
  /** These are sent in its place. */
  | { readonly answer: 'instead'; readonly commands: readonly Command[] };

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
  /** Pure. Default: {@link patience}. */
  onFailure?(state: State, failure: CommandFailure<Command>): FailureAnswer<Command>;
}

const attempts = 10;

/** Tries ten times over about four minutes, then leaves it to an operator. */
export const patience = ({ attempt }: Pick<CommandFailure<unknown>, 'attempt'>): FailureAnswer<never> =>
  attempt < attempts
    ? { answer: 'retry', afterMilliseconds: Math.min(60_000, 500 * 2 ** (attempt - 1)) }
    : { answer: 'stop' };

export interface SentCommand {
  readonly commandId: string;
  readonly type: string;
}

export const processStream = (name: string, instance: string): string => `${name}-${instance}`;
