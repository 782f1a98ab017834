import { upcasters } from '@flowledger/event-catalogue';
import { AggregateStore, HeadProbe, parkedEvents } from '@flowledger/event-sourcing';
import { ServingPointer } from '@flowledger/projection-generations';
import { ReadModelFollower, ReadModelProgress } from '@flowledger/worker';
import type { FollowersLease } from '@flowledger/worker';
import type { Logger } from 'pino';
import type { Config } from './config';
import { foldedReadModels } from './projections';
import { openStores } from './stores';
import { ServiceTracing } from './tracing';
import type { Stores } from './stores';

/** What every process of the service has, whatever its role. */
export interface Core {
  readonly config: Config;
  readonly logger: Logger;
  readonly stores: Stores;
  readonly aggregates: AggregateStore;
  readonly progress: ReadModelProgress;
  /** Looks at the end of the log for health and for every subscription; health starts and stops it. */
  readonly probe: HeadProbe;
  readonly tracing: ServiceTracing;
  readonly onFailure: (what: string, error: unknown) => void;
}

/** In a process that folds nothing: keeps the read models at the generation that serves. */
export const servingPointer = ({ stores: { stored, readModels }, onFailure }: Core): ServingPointer =>
  new ServingPointer(stored, readModels, foldedReadModels, (error) =>
    onFailure('looking for the generation that serves', error),
  );

export async function openCore(config: Config, logger: Logger): Promise<Core> {
  const tracing = await ServiceTracing.open(config.tracing);
  const stores = tracing.around(await openStores(config));
  // Who only reads them must know them, too, whichever process comes first.
  await stores.readModels.define([parkedEvents, ...foldedReadModels]);
  return {
    config,
    logger,
    tracing,
    stores,
    aggregates: new AggregateStore(stores.events, { upcasters }),
    progress: new ReadModelProgress(stores.readModels, config.segments),
    probe: new HeadProbe(stores.events),
    onFailure: (what, error) => logger.error({ err: error }, `${what} failed, trying again`),
  };
}

/** The log as far as the read models have passed it, in a process that may fold none of them. */
export function followReadModels(
  { stores: { events }, progress, probe, config, onFailure }: Core,
  lease?: FollowersLease,
): ReadModelFollower {
  return new ReadModelFollower({
    events,
    progress,
    probe,
    leaseMilliseconds: config.leaseMilliseconds,
    ...(lease && { lease }),
    onFailure: (error) => onFailure('following the read models', error),
  });
}
