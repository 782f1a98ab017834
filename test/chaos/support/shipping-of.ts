import { AggregateStore, newId, ProjectionRunner, SystemClock } from '@flowledger/event-sourcing';
import type { LogPosition, ProcessEvent, Recorded, SentCommand } from '@flowledger/event-sourcing';
import { collect, newEvent } from '@flowledger/event-sourcing/testing';
import { ProcessManagerRuntime, processProjections } from '@flowledger/process-managers';
import type { ProcessManagerRuntimeOptions } from '@flowledger/process-managers';
import { shipping } from '../../../libs/process-managers/testing/shipping-desk';
import type { Ship } from '../../../libs/process-managers/testing/shipping-desk';
import { afterThisTest } from '../frame/clean-up';
import type { Stores } from './stores';
import { until } from './watched';

const nameIn = (category: string): string => category.replace(/-$/, 'shipping');

/** A process manager that ships orders, on any stores; an effect is pending until the test lets it end. */
export class ShippingOf {
  /** By order: lets the effect of it end. */
  readonly pending = new Map<string, () => void>();
  readonly effects: { readonly order: string; readonly commandId: string }[] = [];
  readonly failures: unknown[] = [];
  /** Whether effects wait to be let go. */
  holds = true;
  private runtime: ProcessManagerRuntime | undefined;
  private readonly name: string;

  private constructor(
    private readonly stores: Stores,
    private readonly runner: ProjectionRunner,
  ) {
    this.name = nameIn(stores.category);
  }

  static async open(stores: Stores): Promise<ShippingOf> {
    const { events, readModels, category } = stores;
    const projections = processProjections(nameIn(category));
    const runner = new ProjectionRunner({ events, readModels, projections });
    afterThisTest(() => runner.stop());
    await runner.start();
    await runner.untilReady(60_000);
    return new ShippingOf(stores, runner);
  }

  async start(options: Partial<ProcessManagerRuntimeOptions> = {}): Promise<void> {
    const { events, readModels, category } = this.stores;
    const runtime = new ProcessManagerRuntime({
      events,
      readModels,
      aggregates: new AggregateStore(events),
      clock: new SystemClock(),
      processes: [{ ...shipping, name: this.name, streamPrefixes: [category] }],
      send: (command) => this.send(command),
      readModelsReached: async (position) => {
        if (!(await this.runner.reached(position, 60_000))) throw new Error('The read models are behind');
      },
      onFailure: (error) => void this.failures.push(error),
      backOff: { firstMilliseconds: 1, longestMilliseconds: 20 },
      ...options,
    });
    this.runtime = runtime;
    afterThisTest(() => this.stop(runtime));
    runtime.start();
  }

  /** What is pending ends: nothing can be stopped that waits for the test. */
  async stop(runtime = this.runtime): Promise<void> {
    this.holds = false;
    for (const end of this.pending.values()) end();
    await runtime?.stop();
  }

  async order(...orders: readonly (string | { readonly order: string; readonly remindAt: string })[]) {
    const events = orders.map((order) =>
      newEvent({ id: newId(), type: 'Ordered', data: typeof order === 'string' ? { order } : order }),
    );
    await this.stores.events.append(`${this.stores.category}1`, 'any', events);
  }

  /** Of one instance. */
  async stream(order: string): Promise<Recorded<ProcessEvent>[]> {
    const { events } = this.stores;
    return (await collect(events.readStream(`${this.name}-${order}`))) as Recorded<ProcessEvent>[];
  }

  async inputs(order: string): Promise<string[]> {
    return (await this.stream(order)).flatMap((event) =>
      event.type === 'ProcessStepTaken' ? [event.data.input.type] : [],
    );
  }

  async checkpoint(): Promise<LogPosition | undefined> {
    return (await this.stores.readModels.checkpoint(ProcessManagerRuntime.consumer))?.position;
  }

  /** Everything in the log is handled. */
  settled(): Promise<void> {
    return until(async () => {
      const log = await collect(
        this.stores.events.readAll({
          streamPrefixes: [this.stores.category.replace(/-$/, '')],
          direction: 'backwards',
          maxCount: 1,
        }),
      );
      const reached = await this.checkpoint();
      return !!reached && reached.commit >= log[0]!.position.commit;
    });
  }

  private async send(command: SentCommand): Promise<void> {
    const { order } = command as unknown as Ship;
    if (this.holds) await new Promise<void>((resolve) => this.pending.set(order, resolve));
    this.pending.delete(order);
    this.effects.push({ order, commandId: command.commandId });
  }
}
