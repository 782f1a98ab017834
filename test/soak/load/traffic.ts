import { setTimeout as pause } from 'node:timers/promises';
import type { Door } from './door';

const parameters = { seed: 7, connectionsPerSecond: 5, meanLifeSeconds: 10, peers: 50 };

/** Simulated traffic on every interface. It lives in the collector's process: started again after each death of it. */
export async function keepTrafficFlowing(door: Door, signal: AbortSignal): Promise<void> {
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  while (!signal.aborted) {
    const running = await door.ask('/simulations');
    if (running && (running.body['items'] as unknown[]).length === 0) {
      await door.send('POST', '/simulations', parameters).catch(() => undefined);
    }
    await Promise.race([pause(5_000), aborted]);
  }
  for (const { simulationId } of await door.list<{ simulationId: string }>('/simulations')) {
    await door.send('DELETE', `/simulations/${simulationId}`);
  }
}
