import type { Logger } from 'pino';
import type { Config } from './config';
import { openCore } from './core';
import type { Core } from './core';
import { startApi } from './start-api';
import { startCollector } from './start-collector';
import { startEverything } from './start-everything';
import { startWorker } from './start-worker';
import type { Role } from './roles';
import { closeStores } from './stores';

/** A process of the service while it runs. */
export interface Running {
  /** `http://host:port` */
  readonly url: string;
  /** Takes nothing more on, finishes what was accepted, gives back what it held. */
  stop(): Promise<void>;
}

const starts: Readonly<Record<Role, (core: Core) => Promise<Running>>> = {
  all: startEverything,
  api: startApi,
  worker: startWorker,
  collector: startCollector,
};

/** The service, or the part of it that the configuration names. */
export class Service {
  private constructor(
    private readonly core: Core,
    private readonly running: Running,
  ) {}

  /** Resolves when it is ready. */
  static async start(config: Config, logger: Logger): Promise<Service> {
    const core = await openCore(config, logger);
    return new Service(core, await starts[config.role](core));
  }

  /** `http://host:port` */
  get url(): string {
    return this.running.url;
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await closeStores(this.core.stores);
    await this.core.tracing.stop();
  }
}
