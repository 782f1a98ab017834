import type { Event } from './event';
import type { ProcessInput, ProcessTimer, SentCommand } from './process-manager';

/** An input, and everything that follows from it: inbox and outbox in one event. */
export type ProcessStepTaken = Event<
  'ProcessStepTaken',
  {
    readonly input: ProcessInput;
    readonly commands: readonly SentCommand[];
    readonly timers: readonly ProcessTimer[];
  }
>;

/** The process manager could not deal with the input; it waits, and so does every later one of the instance. */
export type ProcessInputParked = Event<
  'ProcessInputParked',
  { readonly input: ProcessInput; readonly reason: string }
>;

/** An attempt that failed, with what is done about it. */
export type ProcessCommandFailed = Event<
  'ProcessCommandFailed',
  {
    readonly commandId: string;
    readonly commandType: string;
    /** Revision of the step that the command belongs to: where sending goes on. */
    readonly step: string;
    readonly attempt: number;
    readonly reason: string;
    readonly answer: 'retry' | 'skip' | 'stop' | 'instead';
    /** ISO 8601; with `retry`. */
    readonly retryAt?: string;
    /** With `instead`. */
    readonly commands?: readonly SentCommand[];
  }
>;

/** An operator's answer to a dead letter. */
export type ProcessCommandReleased = Event<
  'ProcessCommandReleased',
  { readonly commandId: string; readonly answer: 'retry' | 'skip'; readonly step: string }
>;

/** Everything that had to wait for the failed command has been sent. */
export type ProcessCommandsResumed = Event<'ProcessCommandsResumed', { readonly commandId: string }>;

/** The events of a process manager's stream. */
export type ProcessEvent =
  | ProcessStepTaken
  | ProcessInputParked
  | ProcessCommandFailed
  | ProcessCommandReleased
  | ProcessCommandsResumed;
