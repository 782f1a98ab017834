import type { EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import type { ProductProcess } from './product-process';
import type { Road } from './road';

/** What a store can suffer, besides a road that is cut or held. */
export interface StoreAtRisk {
  readonly name: string;
  readonly road: Road;
  /** The store itself stands still. */
  freeze?(milliseconds: number): Promise<void>;
  /** Only a real server, which keeps its log on disk: `kill -9`, and up again after a while. */
  kill?(milliseconds: number): Promise<void>;
}

/** The stores as they lie when no process of the service runs any more. */
export interface StoresAtRest {
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  close(): Promise<void>;
}

/** The service as it is run, on stores of its own. */
export interface Deployment {
  readonly name: string;
  readonly processes: readonly ProductProcess[];
  /** None where the stores live in the processes themselves. */
  readonly stores: readonly StoreAtRisk[];
  /** `http://host:port` of the door. */
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
  /** Of the process that stores entries. */
  readonly logStoreDirectory: string;
  openStores(): Promise<StoresAtRest>;
  /** Everything beside the service. */
  remove(): Promise<void>;
}

/** Where a deployment puts what it needs. */
export interface Site {
  /** The compiled service. */
  readonly program: string;
  readonly directory: string;
}

export const accountId = '1000000000000001';
export const rootToken = 'root-token-of-the-soak';

/** The same for every process of a deployment. */
export const commonSettings: Readonly<Record<string, string>> = {
  FLOWLEDGER_LOG_FORMAT: 'json',
  FLOWLEDGER_ACCOUNT_ID: accountId,
  FLOWLEDGER_FLOW_LOG_QUOTA: '100000',
};
