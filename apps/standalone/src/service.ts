import { join } from 'node:path';
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
  ReadModelPosition,
  ServiceHealth,
  Simulations,
} from '@flowledger/api';
import { BundleExport, CheckpointLog, SigningKey } from '@flowledger/audit';
import { Collector } from '@flowledger/collector';
import { upcasters } from '@flowledger/event-catalogue';
import { KeyStore } from '@flowledger/erasure';
import { AggregateStore, Clock, EventStore, HeadProbe, ReadModelStore } from '@flowledger/event-sourcing';
import { LogStore } from '@flowledger/log-store';
import type { Logger } from 'pino';
import { ApplicationModule } from './application.module';
import { StoreBackups } from './backups';
import { CommittedChanges } from './changes';
import type { Config } from './config';
import { createWorker } from './control-plane';
import { ControlPlaneReports } from './control-plane-reports';
import { CollectorImports, RunnerPosition, WorkerHealth } from './door-adapters';
import { WatchedHealth } from './health/watched-health';
import { NestLogger } from './logger';
import { Schedule } from './schedule';
import { CollectorSimulations } from './simulations';
import { closeStores, openStores } from './stores';

/** The whole product in one process: stores, worker, collector and doors. */
export class Service {
  private constructor(
    private readonly application: NestFastifyApplication,
    private readonly stopParts: () => Promise<void>,
  ) {}

  /** Resolves when it is ready to serve. */
  static async start(config: Config, logger: Logger): Promise<Service> {
    const stores = await openStores(config);
    const { log, keys, events, readModels, logStore, clock } = stores;
    const onFailure = (what: string, error: unknown): void =>
      logger.error({ err: error }, `${what} failed, trying again`);
    const signingKey = SigningKey.open(config.dataDirectory);
    const checkpoints = new CheckpointLog(log, signingKey, clock, config.audit);
    const aggregates = new AggregateStore(events, { upcasters });
    const bus = (): CommandBus => application.get(CommandBus);
    const reports = new ControlPlaneReports(bus);
    const collector = new Collector({ logStore, reports, clock, accountId: config.accountId, onFailure });
    const plans = { apply: (plan: Collector['plan']) => collector.applyPlan(plan) };
    const probe = new HeadProbe(events);
    const worker = createWorker({ stores, aggregates, plans, probe, reports, commands: bus, onFailure });
    const commands = (): Admission => application.get(Admission);
    const health = new WatchedHealth({ stores, probe, worker, collector, config, logger, commands });
    const simulations = new CollectorSimulations(collector, clock);
    const changes = new CommittedChanges(worker);
    const hosts: string[] = [];
    const application = await NestFactory.create<NestFastifyApplication>(
      ApplicationModule.with(config, [
        { provide: EventStore, useValue: events },
        { provide: ReadModelStore, useValue: readModels },
        { provide: AggregateStore, useValue: aggregates },
        { provide: Clock, useValue: clock },
        { provide: LogStore, useValue: logStore },
        { provide: KeyStore, useValue: keys },
        { provide: SigningKey, useValue: signingKey },
        { provide: CheckpointLog, useValue: checkpoints },
        { provide: BundleExport, useValue: new BundleExport(log, checkpoints, signingKey, clock) },
        { provide: ReadModelPosition, useValue: new RunnerPosition(worker, events) },
        { provide: CaptureImports, useValue: new CollectorImports(worker, events, collector, clock) },
        { provide: Simulations, useValue: simulations },
        { provide: Backups, useValue: new StoreBackups(stores, config.dataDirectory) },
        { provide: Changes, useValue: changes },
        { provide: ServiceHealth, useValue: new WorkerHealth(worker) },
        ...health.providers,
        { provide: DoorOptions, useValue: doorOptions(config, hosts) },
      ]),
      new FastifyAdapter({ bodyLimit: config.limits.bodyBytes, forceCloseConnections: 'idle' }),
      { logger: new NestLogger(logger), bodyParser: false },
    );
    configureHttp(application, { logger });
    await application.init();
    await application.listen(config.port, config.host);
    hosts.push(...servedHosts(config, new URL(await application.getUrl()).port));
    await health.start();
    await worker.start();
    health.measureLatency();
    const schedule = new Schedule([
      {
        everyMilliseconds: 1_000,
        task: async () => {
          simulations.advance();
          await collector.turn();
        },
        onFailure: (error) => onFailure('collection', error),
      },
      {
        everyMilliseconds: 60_000,
        task: () => collector.housekeeping(),
        onFailure: (error) => onFailure('housekeeping', error),
      },
      {
        everyMilliseconds: 10 * 60_000,
        task: async () => {
          // A segment a minute is fine for an hour; a year of them could not be queried.
          await logStore.compact({ olderThan: Math.floor(clock.epochMilliseconds() / 1000) - 3_600 });
        },
        onFailure: (error) => onFailure('merging segments', error),
      },
      {
        everyMilliseconds: 5_000,
        task: async () => void (await checkpoints.turn()),
        onFailure: (error) => onFailure('signing the log', error),
      },
    ]);
    return new Service(application, async () => {
      changes.stop();
      await application.close();
      await schedule.stop();
      await worker.stop();
      await health.stop();
      await collector.stop();
      await closeStores(stores);
    });
  }

  /** `http://host:port` */
  get url(): Promise<string> {
    return this.application.getUrl();
  }

  /** Stops taking requests, finishes what was accepted, closes windows into the spool. */
  stop(): Promise<void> {
    return this.stopParts();
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
