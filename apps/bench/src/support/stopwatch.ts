import { performance } from 'node:perf_hooks';

/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown> | void): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
