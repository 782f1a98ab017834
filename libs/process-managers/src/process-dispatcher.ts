import {
  KeyedQueue,
  LeaseLost,
  deterministicId,
  everyAccount,
  isRejected,
  isStoreFailure,
  newId,
  reasonOf,
  segmentOf,
  wholeLog,
} from '@flowledger/event-sourcing';
import type {
  AggregateStore,
  Clock,
  CommandContext,
  EventStore,
  ProcessCommandFailed,
  ProcessEvent,
  ProcessInput,
  ProcessManager,
  ReadModelStore,
  Recorded,
  RecordedEvent,
  Segment,
  SentCommand,
} from '@flowledger/event-sourcing';
import { blockedProcesses } from './blocked-processes';
import { processDecider } from './process-instance';
import { contextOf, outgoingFrom, refusal } from './process-outbox';
import type { Blocked, Outgoing } from './process-outbox';
import type { ProcessOrder } from './process-instance';
import { Timeouts } from './timeouts';

/** Carries out a command under the given context. Throws `Rejected` for a refusal by the domain, anything else is a failure. */
export type SendCommand = (command: SentCommand, context: CommandContext) => Promise<void>;

/** A process manager in a list of others; its own types were checked where it was defined. */
export interface AnyProcessManager {
  readonly name: string;
  readonly streamPrefixes: readonly string[];
  correlate(event: RecordedEvent): readonly string[] | Promise<readonly string[]>;
}

export interface ProcessDispatcherOptions {
  readonly events: EventStore;
  readonly aggregates: AggregateStore;
  readonly readModels: ReadModelStore;
  readonly clock: Clock;
  readonly processes: readonly AnyProcessManager[];
  readonly send: SendCommand;
  readonly segment?: Segment;
  readonly onFailure?: (error: unknown, retryInMilliseconds: number) => void;
}

/**
 * Sends what the steps of process managers ask for, in the order of each instance. A command that fails holds back the
 * later ones of its instance, and no others, until it is settled as its process manager has answered.
 */
export class ProcessDispatcher {
  private readonly blocked = new Map<string, Blocked>();
  private readonly turns = new KeyedQueue();
  private readonly retries: Timeouts;
  private mayStillSend: () => void = () => undefined;

  constructor(private readonly options: ProcessDispatcherOptions) {
    this.retries = new Timeouts(options.clock, (error, delay) => options.onFailure?.(error, delay));
  }

  /** Number of instances that do not go on at the moment. */
  get blockedInstances(): number {
    return this.blocked.size;
  }

  /** What is blocked stands in a read model. @param mayStillSend throws when the lease is lost */
  async load(mayStillSend: () => void): Promise<void> {
    this.mayStillSend = mayStillSend;
    this.blocked.clear();
    this.retries.start();
    const { readModels, processes, segment: { index, of } = wholeLog } = this.options;
    let after: string | undefined;
    do {
      const filter = { process: { in: processes.map(({ name }) => name) } };
      const page = await readModels.find(blockedProcesses, everyAccount, {
        filter,
        limit: 1_000,
        ...(after && { after }),
      });
      for (const { process, instance, accountId, status, command, retryAt } of page.items) {
        if (!command || segmentOf(accountId, of) !== index) continue;
        this.block(
          this.named(process),
          `${process}-${instance}`,
          command,
          status === 'stopped' ? undefined : retryAt,
        );
      }
      after = page.nextCursor ?? undefined;
    } while (after);
  }

  /** Resolves when nothing is being sent; nothing is sent afterwards. */
  async stop(): Promise<void> {
    this.mayStillSend = () => {
      throw new Error('The dispatcher has stopped');
    };
    await this.retries.stop();
    await this.turns.idle();
  }

  /** An event of a process manager's stream, seen in the log. */
  handle(process: AnyProcessManager, event: Recorded<ProcessEvent>): Promise<void> {
    const { stream } = event;
    return this.turns.run(stream, async () => {
      switch (event.type) {
        case 'ProcessStepTaken': {
          const { input, commands } = event.data;
          const step = `${event.revision}`;
          if (!this.blocked.has(stream)) {
            await this.sendAll(
              process,
              stream,
              commands.map((command) => ({ command, step, input })),
            );
          }
          return;
        }
        case 'ProcessInputParked':
          return this.options.onFailure?.(new Error(`${stream}: ${event.data.reason}`), 0);
        case 'ProcessCommandFailed':
          return this.answered(process, stream, event.data);
        case 'ProcessCommandReleased':
          this.block(process, stream, event.data, undefined);
          return this.resume(process, stream);
        case 'ProcessCommandsResumed':
          this.retries.clear(stream);
          this.blocked.delete(stream);
      }
    });
  }

  /** Records an order in the instance's own stream. */
  async order(
    process: AnyProcessManager,
    stream: string,
    order: ProcessOrder,
    input: ProcessInput,
    commandId: string,
  ): Promise<void> {
    const decider = processDecider(process as ProcessManager<unknown, never, { type: string }>, stream);
    await this.options.aggregates.handle(stream, decider, order, {
      ...contextOf(process.name, input),
      commandId,
    });
  }

  takeStep(process: AnyProcessManager, stream: string, input: ProcessInput): Promise<void> {
    return this.order(
      process,
      stream,
      { type: 'TakeStep', input },
      input,
      deterministicId(`${stream}/${input.id}`),
    );
  }

  private async answered(
    process: AnyProcessManager,
    stream: string,
    { commandId, step, answer, retryAt }: ProcessCommandFailed['data'],
  ): Promise<void> {
    this.block(process, stream, { commandId, step }, retryAt);
    if (answer === 'skip' || answer === 'instead') await this.resume(process, stream);
  }

  private block(
    process: AnyProcessManager,
    stream: string,
    { commandId, step }: Blocked,
    retryAt: string | undefined,
  ): void {
    this.blocked.set(stream, { commandId, step });
    if (retryAt) {
      this.retries.set(stream, Date.parse(retryAt), () =>
        this.turns.run(stream, () => this.resume(process, stream)),
      );
    } else this.retries.clear(stream);
  }

  /** From the command that failed on, as its stream now says. */
  private async resume(process: AnyProcessManager, stream: string): Promise<void> {
    const blocked = this.blocked.get(stream);
    if (!blocked) return;
    const outgoing = await outgoingFrom(this.options.events, stream, blocked);
    if (!(await this.sendAll(process, stream, outgoing))) return;
    const input = outgoing[0]?.input;
    const order = { type: 'ResumeCommands', commandId: blocked.commandId } as const;
    if (input) await this.order(process, stream, order, input, newId());
    this.blocked.delete(stream);
  }

  /** @returns whether all were settled; if not, the failure is recorded */
  private async sendAll(
    process: AnyProcessManager,
    stream: string,
    outgoing: readonly Outgoing[],
  ): Promise<boolean> {
    for (const { command, step, input, instead } of outgoing) {
      for (const one of instead ?? [command]) {
        const error = await this.send(process, stream, one, input);
        if (error === undefined) continue;
        const { commandId } = command;
        const epochMilliseconds = this.options.clock.epochMilliseconds();
        const order = {
          type: 'RecordFailure',
          command: one,
          commandId,
          step,
          reason: reasonOf(error),
          epochMilliseconds,
        } as const;
        await this.order(process, stream, order, input, newId());
        // From here on; what is to be done next is seen in the log.
        this.blocked.set(stream, { commandId, step });
        this.options.onFailure?.(error, 0);
        return false;
      }
    }
    return true;
  }

  /**
   * A refusal of the domain is told to the instance as an input. Trouble with the stores is nobody's failure: it is thrown,
   * and everything waits for them.
   * @returns what was thrown, if it is the command's own failure
   */
  private async send(
    process: AnyProcessManager,
    stream: string,
    command: SentCommand,
    input: ProcessInput,
  ): Promise<unknown> {
    this.mayStillSend();
    try {
      await this.options.send(command, { ...contextOf(process.name, input), commandId: command.commandId });
    } catch (error) {
      if (isRejected(error)) await this.takeStep(process, stream, refusal(input, command, error));
      else if (isStoreFailure(error) || error instanceof LeaseLost) throw error;
      else return error ?? new Error('nothing was said about why');
    }
    return undefined;
  }

  private named(name: string): AnyProcessManager {
    return this.options.processes.find((process) => process.name === name)!;
  }
}
