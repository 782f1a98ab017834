import {
  LogConsumer,
  concerns,
  formatPosition,
  inSegment,
  processStream,
  reasonOf,
  segmentConsumer,
  wholeLog,
} from '@flowledger/event-sourcing';
import type {
  Clock,
  ConsumerState,
  HeldLease,
  LogConsumerOptions,
  LogHandler,
  LogPosition,
  ProcessEvent,
  ProcessInput,
  Recorded,
  RecordedEvent,
  WorkReport,
} from '@flowledger/event-sourcing';
import { ProcessDispatcher } from './process-dispatcher';
import type { AnyProcessManager, ProcessDispatcherOptions } from './process-dispatcher';
import { ProcessTimers } from './process-timers';

export interface ProcessManagerRuntimeOptions extends ProcessDispatcherOptions, LogConsumerOptions {
  readonly clock: Clock;
  /** Resolves once the read models have passed the position: `correlate` may ask them. */
  readonly readModelsReached: (position: LogPosition) => Promise<void>;
}

/**
 * Runs process managers on one subscription. An event of the log becomes a recorded step of each instance it concerns;
 * a recorded step, seen in the log, has its commands sent. The checkpoint passes a step only when its commands were
 * carried out, refused, or recorded as failed, so after a crash they are sent again, with the same ids.
 */
export class ProcessManagerRuntime {
  static readonly consumer = 'process-managers';
  private readonly consumer: string;
  private readonly logConsumer: LogConsumer;
  private readonly dispatcher: ProcessDispatcher;
  private readonly timers: ProcessTimers;
  private unsaved = 0;
  private lease: HeldLease | undefined;
  private handled: LogPosition | undefined;
  lastFailure: unknown;

  constructor(private readonly options: ProcessManagerRuntimeOptions) {
    const { events, readModels, clock, segment = wholeLog } = options;
    this.consumer = segmentConsumer(ProcessManagerRuntime.consumer, segment);
    this.dispatcher = new ProcessDispatcher(options);
    this.timers = new ProcessTimers(
      readModels,
      clock,
      async (process, instance, input) => {
        this.lease?.assertHeld();
        await this.dispatcher.takeStep(this.named(process), processStream(process, instance), input);
      },
      (error, delay) => options.onFailure?.(error, delay),
      segment,
    );
    this.logConsumer = new LogConsumer(events, readModels, this.handler(), options);
  }

  get state(): ConsumerState {
    return this.logConsumer.state;
  }

  /** Up to which every event was recorded, and every step carried out. */
  get position(): LogPosition | undefined {
    return this.handled;
  }

  start(): void {
    this.logConsumer.start();
  }

  async stop(): Promise<void> {
    await this.logConsumer.stop();
    await this.pause();
  }

  report(): WorkReport {
    const { generation, denied } = this.logConsumer;
    return {
      ...(this.handled && { position: formatPosition(this.handled) }),
      generation,
      denied,
      blockedInstances: this.dispatcher.blockedInstances,
      ...(this.lastFailure !== undefined && { failure: reasonOf(this.lastFailure) }),
    };
  }

  private handler(): LogHandler {
    const position = (): LogPosition | undefined => this.handled;
    return {
      name: this.consumer,
      get position() {
        return position();
      },
      report: () => this.report(),
      resumeAfter: (lease) => this.resumeAfter(lease),
      events: (events) => this.handle(events),
      checkpoint: (position) => this.save(position),
      caughtUp: async (head) => {
        if (head && !this.handled) await this.save(head);
        this.lastFailure = undefined;
      },
      failed: (error, delay) => {
        this.lastFailure = error;
        this.options.onFailure?.(error, delay);
      },
    };
  }

  /** What was pending before stands in read models, which must know all that this consumer has passed. */
  private async resumeAfter(lease: HeldLease): Promise<LogPosition | undefined> {
    const { readModels, readModelsReached, processes } = this.options;
    await this.pause();
    this.lease = lease;
    const position = (await readModels.checkpoint(this.consumer))?.position;
    if (position) await readModelsReached(position);
    await this.dispatcher.load(() => lease.assertHeld());
    await this.timers.load(processes.map(({ name }) => name));
    this.handled = position;
    return position;
  }

  private async pause(): Promise<void> {
    await this.timers.stop();
    await this.dispatcher.stop();
  }

  private async handle(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1)!;
    const tasks = await this.tasksOf(inSegment(this.options.segment ?? wholeLog, events));
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
          add(event.stream, () => this.seen(process, event as Recorded<ProcessEvent>));
        } else if (concerns(process, event)) {
          await (reached ??= readModelsReached(events.at(-1)!.position));
          for (const instance of await process.correlate(event)) {
            const stream = processStream(process.name, instance);
            add(stream, () => this.dispatcher.takeStep(process, stream, inputOf(event)));
          }
        }
      }
    }
    return tasks;
  }

  private async seen(process: AnyProcessManager, event: Recorded<ProcessEvent>): Promise<void> {
    if (event.type === 'ProcessStepTaken') {
      const { input, timers } = event.data;
      this.timers.set(process.name, event.stream.slice(process.name.length + 1), input, timers);
    }
    await this.dispatcher.handle(process, event);
  }

  private named(name: string): AnyProcessManager {
    return this.options.processes.find((process) => process.name === name)!;
  }

  private async save(position: LogPosition): Promise<void> {
    this.unsaved = 0;
    this.handled = position;
    await this.options.readModels.commit({
      consumer: this.consumer,
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
  ...(metadata.traceId && { traceId: metadata.traceId }),
  ...(metadata.spanId && { spanId: metadata.spanId }),
});
