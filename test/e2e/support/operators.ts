import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from './api-client';

const patience = 60_000;

/** Sends a request until it is answered, whatever happens to the service: with one key it is one command. */
export async function insist<Body>(
  api: ApiClient,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Body }> {
  const key = randomUUID();
  for (const giveUpAt = Date.now() + patience; ; await pause(50)) {
    const answer = await api
      .send<Body>(method, `/api/v1${path}`, body, { 'idempotency-key': key })
      .catch(() => undefined);
    if (answer && answer.status < 500 && answer.status !== 429) return answer;
    if (Date.now() > giveUpAt) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  }
}
