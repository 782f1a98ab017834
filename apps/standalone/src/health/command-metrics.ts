import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

export interface CommandCounts {
  readonly inFlight: number;
  readonly refused: ReadonlyMap<string, number>;
}

/** What the doors let in and kept out. */
export function registerCommandMetrics(registry: Registry, counts: () => CommandCounts): void {
  const inFlight: Gauge = new Gauge({
    name: 'flowledger_commands_in_flight',
    help: 'Commands that are being carried out',
    registers: [registry],
    collect: () => inFlight.set(counts().inFlight),
  });
  const refused: Gauge = new Gauge({
    name: 'flowledger_commands_refused',
    help: 'Commands refused since the start because of back-pressure',
    labelNames: ['reason'],
    registers: [registry],
    collect: () => {
      for (const [reason, times] of counts().refused) refused.set({ reason }, times);
    },
  });
}
