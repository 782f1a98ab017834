import { setTimeout as pause } from 'node:timers/promises';
import { HeadProbe, ProjectionRunner, SystemClock } from '@flowledger/event-sourcing';
import type { WorkReport } from '@flowledger/event-sourcing';
import { HealthMonitor } from '../../../apps/standalone/src/health/health-monitor';
import { afterThisTest } from '../frame/clean-up';
import type { Stores } from './stores';

const limits = {
  lagSeconds: 0.2,
  latencySeconds: 5,
  parkedEvents: 100,
  parkedSeconds: 3_600,
  blockedInstances: 10,
  restartsPerHour: 20,
  spoolBytes: 1_000,
};

/** The health of the service, watching the projections of these stores. */
export interface Watched {
  readonly probe: HeadProbe;
  readonly monitor: HealthMonitor;
  readonly denied: { readonly times: number };
  readonly red: () => string[];
}

export async function watched(
  { events, readModels }: Stores,
  {
    probeMilliseconds = 100,
    local,
  }: { readonly probeMilliseconds?: number; readonly local?: () => WorkReport } = {},
): Promise<Watched> {
  const denied = { times: 0 };
  const probe = new HeadProbe(events, probeMilliseconds);
  const monitor = new HealthMonitor({
    readModels,
    probe,
    clock: new SystemClock(),
    consumers: [ProjectionRunner.consumer],
    limits,
    faults: () => ({ unhandledRejections: 0, uncaughtExceptions: 0 }),
    everyMilliseconds: 20,
    onDenied: (_, times) => (denied.times += times),
    ...(local && { local: () => ({ [ProjectionRunner.consumer]: local() }) }),
  });
  afterThisTest(() => monitor.stop());
  await monitor.start();
  return {
    probe,
    monitor,
    denied,
    red: () => monitor.report().signals.flatMap(({ name, state }) => (state === 'red' ? [name] : [])),
  };
}

/** The test's own time limit ends it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(5);
}
