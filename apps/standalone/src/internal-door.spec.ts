import type { Core } from './core';
import type { WatchedHealth } from './health/watched-health';
import { InternalDoor } from './internal-door';

const secret = 'a-secret-of-at-least-32-characters';
const config = { internal: { secret, collectorUrl: '' }, limits: { bodyBytes: 100 } };

describe('the internal door', () => {
  let door: InternalDoor;
  let ready: boolean;
  beforeEach(() => {
    ready = true;
    door = InternalDoor.open(
      { config, onFailure: () => undefined } as unknown as Core,
      () => ({ ready, problems: [] }),
      {
        monitor: { liveness: () => ({ live: true, problems: [] }) },
        metrics: { text: async () => 'metrics' },
      } as unknown as WatchedHealth,
    );
    door.server.post('/internal/v1/echo', ({ body }) => door.call(async () => body as object));
  });
  afterEach(() => door.close());
  const ask = (authorization?: string, payload: object = { a: 1 }) =>
    door.server.inject({
      method: 'POST',
      url: '/internal/v1/echo',
      payload,
      headers: { ...(authorization && { authorization }) },
    });
  const known = `Bearer ${secret}`;

  it('answers who knows the secret', async () => {
    expect((await ask(known)).json()).toEqual({ a: 1 });
  });

  it('refuses everybody else, and those who guess on before they are answered', async () => {
    for (const wrong of [undefined, 'Bearer ', `Bearer ${secret}x`, secret]) {
      expect((await ask(wrong)).statusCode).toBe(401);
    }
    for (let guess = 0; guess < 16; guess++) await ask('Bearer guess');
    const refused = await ask('Bearer guess');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('60');
    expect((await ask(known)).statusCode).toBe(200);
  });

  it('tells of its health without a secret, of its metrics only with it', async () => {
    expect((await door.server.inject('/health/ready')).statusCode).toBe(200);
    expect((await door.server.inject('/metrics')).statusCode).toBe(401);
    const metrics = { url: '/metrics', headers: { authorization: known } };
    expect((await door.server.inject(metrics)).body).toBe('metrics');
  });

  it('takes no calls before it is ready', async () => {
    ready = false;
    expect((await ask(known)).json()).toMatchObject({ status: 503, code: 'NotReady' });
    expect((await door.server.inject('/health/ready')).statusCode).toBe(503);
  });

  it('refuses bodies beyond its limit', async () => {
    expect((await ask(known, { a: 'x'.repeat(200) })).statusCode).toBe(413);
  });
});
