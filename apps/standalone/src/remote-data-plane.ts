import {
  Backups,
  CaptureImports,
  DataPlaneUnavailable,
  RepeatedRefusal,
  Simulations,
  StoredLogs,
} from '@flowledger/api';
import type { BackedUp, CaptureImported, Simulation, SimulationParameters } from '@flowledger/api';
import type { LogQuery, LogQueryResult, SpoolGauges, StoreUsage } from '@flowledger/log-store';
import { mostSpools } from './collector-door';
import type { CaptureCall } from './collector-door';
import type { RemoteCollector } from './remote-collector';

const longestLook = 2_000;

export class RemoteLogs extends StoredLogs {
  constructor(private readonly collector: RemoteCollector) {
    super();
  }

  /** A list of flow logs is worth showing without its gauges. */
  async spools(flowLogIds: readonly string[]): Promise<readonly (SpoolGauges | null)[]> {
    if (flowLogIds.length === 0) return [];
    const ids = flowLogIds.slice(0, mostSpools);
    try {
      return (await this.collector.call('spools', { ids }, longestLook)) as SpoolGauges[];
    } catch (error) {
      if (!(error instanceof DataPlaneUnavailable) && !(error instanceof RepeatedRefusal)) throw error;
      return flowLogIds.map(() => null);
    }
  }

  async usage(): Promise<StoreUsage> {
    return (await this.collector.call('usage', {}, longestLook)) as StoreUsage;
  }

  async query(logstoreId: string, query: LogQuery): Promise<LogQueryResult> {
    return (await this.collector.call('query', { logstoreId, query })) as LogQueryResult;
  }
}

export class RemoteImports extends CaptureImports {
  constructor(private readonly collector: RemoteCollector) {
    super();
  }

  async import(open: () => AsyncIterable<Uint8Array>, options: CaptureCall): Promise<CaptureImported> {
    return (await this.collector.importCapture(open(), options)) as CaptureImported;
  }
}

export class RemoteSimulations extends Simulations {
  constructor(private readonly collector: RemoteCollector) {
    super();
  }

  async start(accountId: string, parameters: SimulationParameters): Promise<Simulation> {
    return (await this.collector.call('startSimulation', { accountId, parameters })) as Simulation;
  }

  async list(accountId: string): Promise<readonly Simulation[]> {
    return (await this.collector.call('simulations', { accountId })) as Simulation[];
  }

  async stop(accountId: string, simulationId: string): Promise<boolean> {
    return (await this.collector.call('stopSimulation', { accountId, simulationId })) as boolean;
  }
}

/** On the collector's machine. */
export class RemoteBackups extends Backups {
  constructor(private readonly collector: RemoteCollector) {
    super();
  }

  async create(directory: string): Promise<BackedUp> {
    return (await this.collector.call('backup', { directory }, 600_000)) as BackedUp;
  }
}
