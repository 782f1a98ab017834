import type { Benchmark } from './benchmark';
import { eventStore } from './event-store/event-store.benchmark';
import { flowLogsBenchmark } from './flow-logs/flow-logs.benchmark';

/** Cheap ones first. */
export const benchmarks: readonly Benchmark[] = [eventStore, flowLogsBenchmark];
