import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AggregateStore,
  EventStore,
  ProjectionRunner,
  ReadModelStore,
  SystemClock,
  Upcasters,
  newId,
} from '@flowledger/event-sourcing';
import { UpcastingEventStore } from '@flowledger/event-store-upcasting';
import { ProcessManagerRuntime, processProjections } from '@flowledger/process-managers';
import type { CommandContext } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import {
  FlowLogModule,
  GetFlowLog,
  flowLogCommandFor,
  flowLogLifecycle,
  flowLogProjections,
  flowLogUpcasters,
} from '@flowledger/flow-log';
import type { FlowLogOptions, FlowLogView } from '@flowledger/flow-log';
import { LogServiceModule, logServiceProjections, logServiceUpcasters } from '@flowledger/log-service';
import { NetworkModule, networkProjections } from '@flowledger/network';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Command, CommandBus, CqrsModule, Query, QueryBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { DeliveryModule, FlowLogDirectory, deliveryProcess } from '../src';

export const accountId = '1000000000000001';

export const contextOf = (owner = accountId, commandId = newId()): CommandContext => ({
  commandId,
  correlationId: newId(),
  causationId: newId(),
  actor: 'token-1',
  accountId: owner,
  regionId: 'cn-hangzhou',
});

@Module({})
class Stores {
  static of(events: EventStore, readModels: ReadModelStore, aggregates: AggregateStore): DynamicModule {
    const stores = [
      { provide: EventStore, useValue: events },
      { provide: ReadModelStore, useValue: readModels },
      { provide: AggregateStore, useValue: aggregates },
    ];
    return { module: Stores, global: true, providers: stores, exports: stores };
  }
}

/** Resolves as soon as it holds, and fails when it does not in good time. */
export async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 5_000;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error('It never came to that');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The whole control plane on embedded stores, without a front door and without a collector. */
export class ControlPlane {
  private constructor(
    readonly events: EventStore,
    readonly projections: ProjectionRunner,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly dispose: () => Promise<void>,
  ) {}

  static async open(policy: Partial<FlowLogOptions> = {}): Promise<ControlPlane> {
    const directory = await mkdtemp(join(tmpdir(), 'control-plane-'));
    const upcasters = new Upcasters([...flowLogUpcasters, ...logServiceUpcasters]);
    const events = new UpcastingEventStore(await EmbeddedEventStore.open({ directory }), upcasters);
    const readModels = await EmbeddedReadModelStore.open({ directory });
    const aggregates = new AggregateStore(events, { upcasters });
    const imports = [NetworkModule, LogServiceModule];
    const module = await Test.createTestingModule({
      imports: [
        CqrsModule.forRoot(),
        Stores.of(events, readModels, aggregates),
        ...imports,
        FlowLogModule.forRoot({ imports, ...policy }),
        DeliveryModule,
      ],
    }).compile();
    await module.init();
    const commands = module.get(CommandBus);
    const delivery = deliveryProcess(module.get(FlowLogDirectory));
    const projections = new ProjectionRunner({
      events,
      readModels,
      projections: [
        ...networkProjections,
        ...logServiceProjections,
        ...flowLogProjections,
        ...processProjections(delivery.name),
      ],
    });
    const processes = new ProcessManagerRuntime({
      events,
      aggregates,
      readModels,
      clock: new SystemClock(),
      processes: [flowLogLifecycle, delivery],
      send: async (sent, context) => {
        await commands.execute(flowLogCommandFor(sent, context)!);
      },
      readModelsReached: async (position) => {
        if (!(await projections.reached(position, 5_000))) throw new Error('The read models are late');
      },
    });
    await projections.start();
    await projections.untilReady(5_000);
    processes.start();
    return new ControlPlane(events, projections, commands, module.get(QueryBus), async () => {
      await processes.stop();
      await projections.stop();
      await module.close();
      await readModels.close();
      await events.close();
      await rm(directory, { recursive: true });
    });
  }

  close(): Promise<void> {
    return this.dispose();
  }

  execute<Result>(command: Command<Result>): Promise<Result> {
    return this.commands.execute(command);
  }

  async ask<Result>(query: Query<Result>): Promise<Result> {
    await this.caughtUp();
    return this.queries.execute(query);
  }

  /** Waits until the flow log looks like that. */
  async until(flowLogId: string, looks: (flowLog: FlowLogView) => boolean): Promise<FlowLogView> {
    let flowLog: FlowLogView | undefined;
    await eventually(async () => looks((flowLog = await this.ask(new GetFlowLog(accountId, flowLogId)))));
    return flowLog!;
  }

  /** Read models have seen everything that was appended so far. */
  async caughtUp(): Promise<void> {
    const head = await this.events.head();
    if (head && !(await this.projections.reached(head, 5_000))) throw new Error('The read models are late');
  }
}
