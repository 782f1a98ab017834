import type { LogPosition, ProcessManager } from '@flowledger/event-sourcing';
import type { LogQuery, LogQueryResult, SpoolGauges, StoreUsage } from '@flowledger/log-store';

/** How far the read models are: a write answers when they have passed it, a read may ask for it. */
export abstract class ReadModelPosition {
  /** False when they had not within the time. */
  abstract reached(position: LogPosition, timeoutMilliseconds: number): Promise<boolean>;
  abstract head(): Promise<LogPosition | undefined>;
}

/** What the data plane has stored, wherever it does. Throws QueryNotSupported, DataPlaneUnavailable. */
export abstract class StoredLogs {
  /** In the order of the ids; null for each while the data plane cannot be asked. */
  abstract spools(flowLogIds: readonly string[]): Promise<readonly (SpoolGauges | null)[]>;
  abstract usage(): Promise<StoreUsage>;
  /** Empty for a logstore that the data plane has not heard of yet: it hears of it with the next collection plan. */
  abstract query(logstoreId: string, query: LogQuery): Promise<LogQueryResult>;
}

export interface CaptureImport {
  /** The same again is the same import: its entries are stored once. */
  readonly importId?: string;
  readonly networkInterfaceId?: string;
  readonly coverage: 'current' | 'historic';
  readonly rebase: boolean;
}

export interface CaptureImported {
  readonly packets: number;
  readonly flows: number;
  readonly entries: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** Offset at which a cut last record begins; null when the capture is whole. */
  readonly truncatedAt: number | null;
}

/** Resolves once its windows are closed and in the spool. Throws the capture lib's errors and StorageFull. */
export abstract class CaptureImports {
  /** `open` reads the whole capture from its beginning, as often as it is called: a rebase needs two passes. */
  abstract import(
    open: () => AsyncIterable<Uint8Array>,
    options: CaptureImport & { readonly accountId: string },
  ): Promise<CaptureImported>;
}

export interface SimulationParameters {
  readonly seed: number;
  readonly connectionsPerSecond: number;
  readonly meanLifeSeconds: number;
  readonly peers: number;
  readonly rejectShare: number;
  /** Only these interfaces; all of the account when absent. */
  readonly networkInterfaceIds?: readonly string[];
  /** Seconds of traffic before now that are made at once, as an import would. */
  readonly backfillSeconds: number;
}

export interface Simulation extends SimulationParameters {
  readonly simulationId: string;
  readonly startedAt: string;
}

/** Simulated live traffic. Simulations live as long as the process. */
export abstract class Simulations {
  abstract start(accountId: string, parameters: SimulationParameters): Promise<Simulation>;
  abstract list(accountId: string): Promise<readonly Simulation[]>;
  /** False when there is none of that id. */
  abstract stop(accountId: string, simulationId: string): Promise<boolean>;
}

export interface BackedUp {
  readonly directory: string;
  readonly events: number;
  readonly segments: number;
}

export abstract class Backups {
  /** Into a new or empty directory of the service's machine. */
  abstract create(directory: string): Promise<BackedUp>;
}

export interface Health {
  /** Projections and the collection plan have reached the head read at start: requests are served. */
  readonly ready: boolean;
  /** A line for each thing that is not as it must be. */
  readonly problems: readonly string[];
}

export abstract class ServiceHealth {
  abstract check(): Health;
}

/** Prometheus text of everything that the process counts. */
export abstract class Metrics {
  abstract text(): Promise<string>;
}

/** A process manager in a list of others. */
export type OperatedProcess = ProcessManager<unknown, never, { type: string }>;

/** Those that this service runs, whichever process runs them. */
export abstract class ProcessManagers {
  abstract readonly all: readonly OperatedProcess[];
}

export interface SpoolBounds {
  readonly bytes: number;
  readonly ageSeconds: number;
}

/** What the doors need to know of the configuration. */
export abstract class DoorOptions {
  abstract readonly accountId: string;
  abstract readonly regions: readonly string[];
  /** Values of the Host header that are served (DNS rebinding); `*:port` forms are expanded by the application. */
  abstract readonly hosts: readonly string[];
  abstract readonly bodyBytes: number;
  abstract readonly captureBytes: number;
  abstract readonly requestsPerMinute: number;
  abstract readonly failedSignInsPerMinute: number;
  /** Captures stand here while they are uploaded and read; made when missing, emptied after each. */
  abstract readonly uploadDirectory: string;
  abstract readonly spoolBounds: SpoolBounds;
}
