import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AggregateStore, newId, ProjectionRunner, Rejected, SystemClock } from '@flowledger/event-sourcing';
import type {
  CommandContext,
  Event,
  ProcessEvent,
  ProcessManager,
  Recorded,
  SentCommand,
} from '@flowledger/event-sourcing';
import { ProcessManagerRuntime, processProjections } from '@flowledger/process-managers';
import type { ProcessManagerRuntimeOptions } from '@flowledger/process-managers';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';

export type Ordered = Event<'Ordered', { readonly order: string; readonly remindAt?: string }>;
export type Ship = { readonly type: 'Ship'; readonly order: string };
export class ShippingRejected extends Rejected<'OutOfStock'> {}
export type Shipping = ProcessManager<number, Ordered, Ship>;

/** Ships what was ordered; its state is the number of inputs. */
export const shipping: Shipping = {
  name: 'shipping',
  streamPrefixes: ['order-'],
  correlate: ({ data }) => [data.order],
  initialState: () => 0,
  evolve: (seen) => seen + 1,
  react(_, input) {
    if (input.type !== 'Ordered') return {};
    const { order, remindAt } = input.data;
    return {
      commands: [{ type: 'Ship', order }],
      ...(remindAt && { timers: [{ timerId: 'reminder', dueAt: remindAt }] }),
    };
  },
};

export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
};

const accountId = '1000000000000001';

/** A log, its read models and runtimes of process managers on them, in a directory of its own. */
export class ShippingDesk {
  private readonly directory = mkdtempSync(join(tmpdir(), 'process-managers-'));
  private readonly runtimes: ProcessManagerRuntime[] = [];
  log!: EmbeddedEventStore;
  readModels!: EmbeddedReadModelStore;
  runner!: ProjectionRunner;
  readonly sent: { order: string; commandId: string; context: CommandContext }[] = [];
  readonly failures: unknown[] = [];
  /** What happens to a command on its way. */
  send: (order: string) => void = () => undefined;

  static async open(): Promise<ShippingDesk> {
    const desk = new ShippingDesk();
    const { directory } = desk;
    desk.log = await EmbeddedEventStore.open({ directory });
    desk.readModels = await EmbeddedReadModelStore.open({ directory });
    desk.runner = new ProjectionRunner({
      events: desk.log,
      readModels: desk.readModels,
      projections: processProjections('shipping'),
    });
    await desk.runner.start();
    await desk.runner.untilReady(20_000);
    return desk;
  }

  async close(): Promise<void> {
    for (const runtime of this.runtimes.splice(0)) await runtime.stop();
    await this.runner.stop();
    await this.log.close();
    await this.readModels.close();
    rmSync(this.directory, { recursive: true });
  }

  start(
    processes: readonly Shipping[] = [shipping],
    over: Partial<ProcessManagerRuntimeOptions> = {},
  ): ProcessManagerRuntime {
    const runtime = new ProcessManagerRuntime({
      events: this.log,
      aggregates: new AggregateStore(this.log),
      readModels: this.readModels,
      clock: new SystemClock(),
      processes,
      send: async (command: SentCommand, context) => {
        const { order } = command as unknown as Ship;
        this.sent.push({ order, commandId: command.commandId, context });
        this.send(order);
      },
      readModelsReached: async (position) => {
        if (!(await this.runner.reached(position, 20_000))) throw new Error('The read models are behind');
      },
      onFailure: (error) => this.failures.push(error),
      backOff: { firstMilliseconds: 1, longestMilliseconds: 4 },
      ...over,
    });
    this.runtimes.push(runtime);
    runtime.start();
    return runtime;
  }

  order(...orders: { order: string; remindAt?: string }[]) {
    return this.log.append(
      'order-1',
      'any',
      orders.map((data) => ({
        id: newId(),
        type: 'Ordered',
        data,
        metadata: {
          $correlationId: newId(),
          $causationId: newId(),
          actor: 'token-1',
          accountId,
          command: 'Order',
          schemaVersion: 1,
        },
      })),
    );
  }

  /** The stream of an instance. */
  async stream(instance: string): Promise<Recorded<ProcessEvent>[]> {
    const events: Recorded<ProcessEvent>[] = [];
    for await (const event of this.log.readStream(`shipping-${instance}`)) {
      events.push(event as Recorded<ProcessEvent>);
    }
    return events;
  }

  async types(instance: string): Promise<string[]> {
    return (await this.stream(instance)).map(({ type }) => type.replace('Process', ''));
  }

  async inputs(instance: string): Promise<string[]> {
    return (await this.stream(instance)).flatMap((event) =>
      event.type === 'ProcessStepTaken' ? [event.data.input.type] : [],
    );
  }

  /** Everything of the log has been handled. */
  settled(): Promise<void> {
    return until(async () => {
      const checkpoint = (await this.readModels.checkpoint('process-managers'))?.position.commit;
      return checkpoint === (await this.log.head())?.commit;
    });
  }
}
