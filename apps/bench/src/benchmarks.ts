import type { Benchmark } from './benchmark';
import { eventStore } from './event-store/event-store.benchmark';

/** Cheap ones first. */
export const benchmarks: readonly Benchmark[] = [eventStore];
