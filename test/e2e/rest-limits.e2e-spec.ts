import type { RestClient } from './support/rest-client';
import { startService } from './support/rest-client';

describe('a REST door with small limits', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let client: RestClient;

  beforeAll(async () => {
    service = await startService({
      FLOWLEDGER_MAX_BODY_BYTES: '1024',
      FLOWLEDGER_MAX_CAPTURE_BYTES: '2048',
      FLOWLEDGER_REQUESTS_PER_MINUTE: '10',
      FLOWLEDGER_FAILED_SIGN_INS_PER_MINUTE: '3',
    });
    client = service.client;
  });
  afterAll(() => service.stop());

  it('takes no larger body', async () => {
    const answer = await client.post('/api/v1/vpcs', { name: 'x'.repeat(2_000) });
    expect(answer.body).toMatchObject({ status: 413, code: 'BodyTooLarge' });
  });

  it('takes no larger capture, whether its size is known before or not', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const known = await client.post('/api/v1/captures', Buffer.alloc(4_096), { headers });
    expect(known.body).toMatchObject({ status: 413, code: 'BodyTooLarge' });
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    const unknown = await client.post('/api/v1/captures', Buffer.alloc(4_096), { headers: chunked });
    expect(unknown.body).toMatchObject({ status: 413, code: 'BodyTooLarge' });
  });

  it('stops answering a token that asks too often', async () => {
    const answers = await Promise.all(Array.from({ length: 11 }, () => client.get('/api/v1/vpcs')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) as string },
      body: { code: 'TooManyRequests' },
    });
  });

  it('stops looking at tokens from an address that guesses', async () => {
    for (let guess = 0; guess < 3; guess += 1) {
      expect((await client.get('/api/v1/vpcs', { token: `guess-${guess}` })).status).toBe(401);
    }
    expect((await client.get('/api/v1/vpcs', { token: 'guess-3' })).status).toBe(429);
  });
});
