import type { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EventStore } from '@flowledger/event-sourcing';
import {
  openTracing,
  traceCommands,
  traceCommits,
  TracedEventStore,
  traceRequests,
} from '@flowledger/telemetry';
import type { Tracing, TracingOptions } from '@flowledger/telemetry';
import type { Worker } from '@flowledger/worker';

/** OpenTelemetry around the parts of this process. Without an endpoint it does nothing, and nothing is wrapped. */
export class ServiceTracing {
  private constructor(private readonly tracing: Tracing | undefined) {}

  static async open(options: TracingOptions | undefined): Promise<ServiceTracing> {
    return new ServiceTracing(options && (await openTracing(options)));
  }

  around<Stores extends { readonly events: EventStore }>(stores: Stores): Stores {
    if (!this.tracing) return stores;
    return { ...stores, events: new TracedEventStore(stores.events, this.tracing) };
  }

  /** Before the doors add hooks of their own: what they refuse is a span, too. */
  requestsOf(application: NestFastifyApplication): void {
    if (this.tracing) traceRequests(application.getHttpAdapter().getInstance(), this.tracing);
  }

  /** The one bus of this process. */
  commandsOf(bus: CommandBus): void {
    if (!this.tracing) return;
    traceCommands(bus, this.tracing);
  }

  /** Once the read models have caught up. */
  commitsOf({ log }: Pick<Worker, 'log'>): void {
    if (this.tracing) traceCommits(log, this.tracing);
  }

  async stop(): Promise<void> {
    await this.tracing?.stop();
  }
}
