import { join } from 'node:path';
import type { Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Admission,
  Backups,
  CaptureImports,
  Changes,
  configureHttp,
  DoorOptions,
  ProcessManagers,
  ReadModelPosition,
  ServiceHealth,
  Simulations,
  StoredLogs,
} from '@flowledger/api';
import type { Health } from '@flowledger/api';
import { BundleExport, CheckpointLog, Explanations, SigningKey } from '@flowledger/audit';
import { KeyStore } from '@flowledger/erasure';
import { AggregateStore, Clock, EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import { GenerationOperations } from '@flowledger/projection-generations';
import type { VisibleLog } from '@flowledger/worker';
import { ApplicationModule } from './application.module';
import { CommittedChanges } from './changes';
import type { Config } from './config';
import { explanationsOf, processesOver } from './control-plane';
import type { Core } from './core';
import { FoldedPosition } from './door-adapters';
import { NestLogger } from './logger';
import { foldedReadModels } from './projections';
import type { Signing } from './signing';

/** What stands behind the doors, in this process or in others. */
export interface BehindTheDoors {
  readonly readModels: Pick<ReadModelPosition, 'reached'>;
  readonly log: VisibleLog;
  readonly logs: StoredLogs;
  readonly imports: CaptureImports;
  readonly simulations: Simulations;
  readonly backups: Backups;
  readonly health: () => Health;
  /** Health reports, metrics and back-pressure. */
  readonly watched: { readonly providers: Provider[] };
  readonly signing: Signing;
}

/** REST and GraphQL for clients. */
export class Doors {
  private constructor(
    private readonly application: NestFastifyApplication,
    private readonly changes: CommittedChanges,
  ) {}

  /** Resolves when it listens; requests are served from when `health` says so. */
  static async open(
    { config, logger, stores, aggregates, tracing }: Core,
    parts: BehindTheDoors,
  ): Promise<Doors> {
    const { log: stored, keys, events, readModels, clock } = stores;
    const { signing, health, log } = parts;
    const changes = new CommittedChanges(log);
    const bundles = new BundleExport(stored, signing.checkpoints, signing.key, clock);
    const generations = new GenerationOperations({
      events,
      readModels: stores.stored,
      folded: foldedReadModels,
      segments: config.segments,
      clock,
    });
    const hosts: string[] = [];
    const application = await NestFactory.create<NestFastifyApplication>(
      ApplicationModule.with(config, [
        { provide: EventStore, useValue: events },
        { provide: ReadModelStore, useValue: readModels },
        { provide: AggregateStore, useValue: aggregates },
        { provide: Clock, useValue: clock },
        { provide: KeyStore, useValue: keys },
        { provide: SigningKey, useValue: signing.key },
        { provide: Explanations, useValue: explanationsOf(events) },
        { provide: CheckpointLog, useValue: signing.checkpoints },
        { provide: BundleExport, useValue: bundles },
        { provide: ReadModelPosition, useValue: new FoldedPosition(parts.readModels, events) },
        { provide: StoredLogs, useValue: parts.logs },
        { provide: CaptureImports, useValue: parts.imports },
        { provide: Simulations, useValue: parts.simulations },
        { provide: Backups, useValue: parts.backups },
        { provide: Changes, useValue: changes },
        { provide: GenerationOperations, useValue: generations },
        { provide: ProcessManagers, useValue: { all: processesOver(readModels) } },
        { provide: ServiceHealth, useValue: { check: health } },
        ...parts.watched.providers,
        { provide: DoorOptions, useValue: doorOptions(config, hosts) },
      ]),
      new FastifyAdapter({ bodyLimit: config.limits.bodyBytes, forceCloseConnections: 'idle' }),
      { logger: new NestLogger(logger), bodyParser: false },
    );
    tracing.requestsOf(application);
    configureHttp(application, { logger });
    await application.init();
    tracing.commandsOf(application.get(CommandBus));
    await application.listen(config.port, config.host);
    hosts.push(...servedHosts(config, new URL(await application.getUrl()).port));
    return new Doors(application, changes);
  }

  get admission(): Admission {
    return this.application.get(Admission);
  }

  get commands(): CommandBus {
    return this.application.get(CommandBus);
  }

  /** `http://host:port` */
  get url(): Promise<string> {
    return this.application.getUrl();
  }

  /** Takes no more requests and finishes what was accepted. */
  async close(): Promise<void> {
    this.changes.stop();
    await this.application.close();
  }
}

/** Host headers that are served, now that the port is known. */
const servedHosts = ({ host, hosts }: Config, port: string): string[] => [
  ...[host, 'localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port || '80'}`),
  ...hosts,
];

const doorOptions = (
  { accountId, regions, limits, dataDirectory }: Config,
  hosts: readonly string[],
): DoorOptions => ({
  accountId,
  regions,
  hosts,
  bodyBytes: limits.bodyBytes,
  captureBytes: limits.captureBytes,
  requestsPerMinute: limits.requestsPerMinute,
  failedSignInsPerMinute: limits.failedSignInsPerMinute,
  uploadDirectory: join(dataDirectory, 'uploads'),
  spoolBounds: { bytes: limits.spoolBytes, ageSeconds: limits.spoolAgeSeconds },
});
