import type { AggregateStore, CommandContext } from './aggregate-store';
import type { Clock } from './clock';
import type { RecordedEvent } from './event';
import { deterministicId } from './event-ids';
import type { EventStore } from './event-store';
import type { HeldLease } from './held-lease';
import { LogConsumer } from './log-consumer';
import type { ConsumerState, LogConsumerOptions } from './log-consumer';
import type { LogPosition } from './positions';
import { processDecider, processStream } from './process-manager';
import type { ProcessInput, ProcessManager, ProcessStepTaken, SentCommand } from './process-manager';
import { ProcessTimers } from './process-timers';
import { concerns } from './projection';
import type { ReadModelStore } from './read-model-store';
import { isRejected } from './rejected';
import type { Rejected } from './rejected';

/** Carries out a command under the given context. Throws {@link Rejected} for a refusal, anything else to be retried. */
export type SendCommand = (command: SentCommand, context: CommandContext) => Promise<void>;

/** A process manager in a list of others; its own types were checked where it was defined. */
export interface AnyProcessManager {
  readonly name: string;
  readonly streamPrefixes: readonly string[];
  correlate(event: RecordedEvent): readonly string[] | Promise<readonly string[]>;
}

export interface ProcessManagerRuntimeOptions extends LogConsumerOptions {
  readonly events: EventStore;
  readonly aggregates: AggregateStore;
  readonly readModels: ReadModelStore;
  readonly clock: Clock;
  readonly processes: readonly AnyProcessManager[];
  readonly send: SendCommand;
  /** Resolves once the read models have passed the position: `correlate` may ask them. */
  readonly readModelsReached: (position: LogPosition) => Promise<void>;
  readonly onFailure?: (error: unknown, retryInMilliseconds: number) => void;
}

/**
 * Runs process managers on one subscription. An event of the log becomes a recorded step of each instance it concerns;
 * a recorded step, seen in the log, has its commands sent. The checkpoint passes a step only when its commands were
 * carried out or refused, so after a crash they are sent again, with the same ids.
 */
export class ProcessManagerRuntime {
  private static readonly consumer = 'process-managers';
  private readonly logConsumer: LogConsumer;
  private readonly timers: ProcessTimers;
  private unsaved = 0;
  private lease: HeldLease | undefined;
  private handled: LogPosition | undefined;
  lastFailure: unknown;

  constructor(private readonly options: ProcessManagerRuntimeOptions) {
    this.timers = new ProcessTimers(
      options.readModels,
      options.clock,
      (process, instance, input) => this.takeStep(this.named(process), instance, input),
      (error, delay) => options.onFailure?.(error, delay),
    );
    const position = (): LogPosition | undefined => this.handled;
    this.logConsumer = new LogConsumer(
      options.events,
      options.readModels,
      {
        name: ProcessManagerRuntime.consumer,
        get position() {
          return position();
        },
        report: () => ({}),
        resumeAfter: async (lease) => {
          this.lease = lease;
          return (await options.readModels.checkpoint(ProcessManagerRuntime.consumer))?.position;
        },
        events: (events) => this.handle(events),
        checkpoint: (position) => this.save(position),
        caughtUp: async () => {
          this.lastFailure = undefined;
        },
        failed: (error, delay) => {
          this.lastFailure = error;
          options.onFailure?.(error, delay);
        },
      },
      options,
    );
  }

  get state(): ConsumerState {
    return this.logConsumer.state;
  }

  /** Call once the read models are ready: pending timers are found there. */
  async start(): Promise<void> {
    await this.timers.load(this.options.processes.map(({ name }) => name));
    this.logConsumer.start();
  }

  async stop(): Promise<void> {
    await this.logConsumer.stop();
    await this.timers.stop();
  }

  private async handle(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1)!;
    const tasks = await this.tasksOf(events);
    const results = await Promise.allSettled([...tasks.values()].map(inOrder));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    this.lastFailure = undefined;
    this.unsaved += events.length;
    this.handled = last.position;
    if (tasks.size > 0 || this.unsaved >= 1_000) await this.save(last.position);
  }

  /** What a page asks for, by stream of the instance. Nothing is begun before everything is known. */
  private async tasksOf(events: readonly RecordedEvent[]): Promise<Map<string, Task[]>> {
    const tasks = new Map<string, Task[]>();
    const add = (stream: string, task: Task): void => {
      tasks.set(stream, [...(tasks.get(stream) ?? []), task]);
    };
    const { processes, readModelsReached } = this.options;
    let reached: Promise<void> | undefined;
    for (const event of events) {
      for (const process of processes) {
        if (event.stream.startsWith(`${process.name}-`)) {
          add(event.stream, () => this.carryOut(process, event as RecordedEvent<ProcessStepTaken>));
        } else if (concerns(process, event)) {
          await (reached ??= readModelsReached(events.at(-1)!.position));
          for (const instance of await process.correlate(event)) {
            add(processStream(process.name, instance), () =>
              this.takeStep(process, instance, inputOf(event)),
            );
          }
        }
      }
    }
    return tasks;
  }

  private async takeStep(process: AnyProcessManager, instance: string, input: ProcessInput): Promise<void> {
    const stream = processStream(process.name, instance);
    const decider = processDecider(
      process as ProcessManager<unknown, never, { type: string }>,
      ({ id }, index) => deterministicId(`${stream}/${id}/${index}`),
    );
    await this.options.aggregates.handle(
      stream,
      decider,
      { type: 'TakeStep', input },
      {
        ...this.contextOf(process, input),
        commandId: deterministicId(`${stream}/${input.id}`),
      },
    );
  }

  private async carryOut(process: AnyProcessManager, step: RecordedEvent<ProcessStepTaken>): Promise<void> {
    const { input, commands, timers } = step.data;
    const instance = step.stream.slice(process.name.length + 1);
    this.timers.set(process.name, instance, input, timers);
    for (const command of commands) {
      try {
        await this.options.send(command, { ...this.contextOf(process, input), commandId: command.commandId });
      } catch (error) {
        if (!isRejected(error)) throw error;
        await this.takeStep(process, instance, refusal(input, command, error, step.recordedAt));
      }
    }
  }

  private contextOf({ name }: AnyProcessManager, input: ProcessInput): Omit<CommandContext, 'commandId'> {
    const { correlationId, id, accountId, regionId } = input;
    return {
      correlationId,
      causationId: id,
      actor: `system:${name}`,
      accountId,
      ...(regionId && { regionId }),
    };
  }

  private named(name: string): AnyProcessManager {
    return this.options.processes.find((process) => process.name === name)!;
  }

  private async save(position: LogPosition): Promise<void> {
    this.unsaved = 0;
    await this.options.readModels.commit({
      consumer: ProcessManagerRuntime.consumer,
      writes: [],
      checkpoint: { position },
      epoch: this.lease?.epoch,
    });
  }
}

type Task = () => Promise<void>;

/** A task that fails ends the row: what follows it must not be seen before it. */
async function inOrder(tasks: readonly Task[]): Promise<void> {
  for (const task of tasks) await task();
}

const inputOf = ({ id, type, data, recordedAt, metadata }: RecordedEvent): ProcessInput => ({
  id,
  type,
  data,
  at: recordedAt,
  correlationId: metadata.$correlationId,
  accountId: metadata.accountId,
  ...(metadata.regionId && { regionId: metadata.regionId }),
});

const refusal = (cause: ProcessInput, command: SentCommand, error: Rejected, at: string): ProcessInput => ({
  ...cause,
  id: deterministicId(`${command.commandId}/refused`),
  type: 'CommandRefused',
  data: { commandType: command.type, code: error.code, detail: error.detail },
  at,
});
