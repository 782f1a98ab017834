import { setTimeout as pause } from 'node:timers/promises';

const mostMilliseconds = 15_000;

/**
 * Asks again until `probe` no longer throws, and answers what it answered. The last reason is thrown when time is up, and
 * at once when there is nobody to ask: a service that is gone does not come back by itself.
 */
export async function eventually<T>(probe: () => Promise<T>, patience = mostMilliseconds): Promise<T> {
  const giveUpAt = Date.now() + patience;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (Date.now() > giveUpAt || (error as Error).name === 'TypeError') throw error;
      await pause(20);
    }
  }
}
