import type { Benchmark } from './benchmark';
import { commandVisible } from './command-visible/command-visible.benchmark';
import { eventStore } from './event-store/event-store.benchmark';
import { eventStoreDb } from './event-store-db/event-store-db.benchmark';
import { flowLogsBenchmark } from './flow-logs/flow-logs.benchmark';
import { readModel } from './read-model/read-model.benchmark';
import { rebuild } from './rebuild/rebuild.benchmark';
import { start } from './start/start.benchmark';

/** Cheap ones first. */
export const benchmarks: readonly Benchmark[] = [
  eventStore,
  eventStoreDb,
  readModel,
  commandVisible,
  rebuild,
  start,
  flowLogsBenchmark,
];
