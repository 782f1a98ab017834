import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { KeyStore } from '@flowledger/erasure';
import { AggregateStore, Clock, EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import { ApplicationModule } from './application.module';
import type { Core } from './core';
import { NestLogger } from './logger';

export interface Commands {
  readonly bus: CommandBus;
  close(): Promise<void>;
}

/** The domain without doors: for a process that gives commands and takes none from clients. */
export async function openCommands({ config, logger, stores, aggregates, tracing }: Core): Promise<Commands> {
  const { keys, events, readModels, clock } = stores;
  const context = await NestFactory.createApplicationContext(
    ApplicationModule.with(config, [
      { provide: EventStore, useValue: events },
      { provide: ReadModelStore, useValue: readModels },
      { provide: AggregateStore, useValue: aggregates },
      { provide: Clock, useValue: clock },
      { provide: KeyStore, useValue: keys },
    ]),
    { logger: new NestLogger(logger) },
  );
  tracing.commandsOf(context.get(CommandBus));
  return { bus: context.get(CommandBus), close: () => context.close() };
}
