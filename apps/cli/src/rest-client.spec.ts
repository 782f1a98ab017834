import { ScriptedService } from '../testing/scripted-service';
import type { Answer, Received } from '../testing/scripted-service';
import { ProblemRefused, ServiceUnavailable } from './failures';
import { RestClient } from './rest-client';

describe('the REST client', () => {
  let service: ScriptedService;
  let answer: (request: Received) => Answer;
  const client = () => new RestClient({ url: service.url, token: () => 'fl_secret' });

  beforeEach(async () => {
    answer = () => ({ body: { items: [], nextCursor: null } });
    service = await ScriptedService.start((request) => answer(request));
  });
  afterEach(() => service.stop());

  it('signs in and leaves out what was not given', async () => {
    await client().get('/api/v1/flow-logs', { name: 'a b', status: undefined });
    expect(service.received).toMatchObject([
      { url: '/api/v1/flow-logs?name=a+b', headers: { authorization: 'Bearer fl_secret' } },
    ]);
  });

  it('reads lists page by page, up to the limit', async () => {
    answer = ({ url }) => ({
      body: url.includes('after=100')
        ? { items: [3], nextCursor: '150' }
        : { items: [1, 2], nextCursor: '100' },
    });
    expect(await client().list('/things', {}, 3)).toEqual([1, 2, 3]);
    expect(service.received.map(({ url }) => url)).toEqual(['/things?limit=3', '/things?limit=1&after=100']);
  });

  it('goes on behind a position that the caller names', async () => {
    await client().list('/things', { after: '7' });
    expect(service.received[0]!.url).toBe('/things?after=7&limit=100');
  });

  it('reads what it wrote before', async () => {
    const written = client();
    answer = () => ({ status: 201, headers: { 'Flowledger-Position': '42' }, body: {} });
    await written.post('/things', { name: 'x' }, { idempotencyKey: 'once' });
    await written.get('/things');
    expect(service.received).toMatchObject([
      { method: 'POST', body: '{"name":"x"}', headers: { 'idempotency-key': 'once' } },
      { method: 'GET', headers: { 'flowledger-at-least': '42' } },
    ]);
  });

  it('tells a problem with every wrong path', async () => {
    const errors = [{ path: 'ttl', message: 'is needed' }];
    answer = () => ({
      status: 422,
      body: { title: 'Invalid input', code: 'InvalidInput', detail: 'one member', errors },
    });
    const refusal = await client()
      .post('/things', {})
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemRefused);
    expect((refusal as ProblemRefused).problem).toMatchObject({ status: 422, code: 'InvalidInput', errors });
  });

  it('tells overload from refusal', async () => {
    answer = () => ({ status: 503, body: { title: 'Not ready', detail: 'wait' } });
    await expect(client().get('/things')).rejects.toThrow(new ServiceUnavailable('Not ready: wait'));
  });

  it('tries a read again when it is told when, a write never', async () => {
    answer = ({ method }) =>
      method === 'GET' && service.received.length > 1
        ? { body: 'now' }
        : {
            status: 503,
            headers: { 'Retry-After': '0' },
            body: { title: 'Not yet visible', detail: 'wait' },
          };
    expect(await client().get('/things')).toBe('now');
    service.received.length = 0;
    await expect(client().post('/things', {})).rejects.toThrow(ServiceUnavailable);
    expect(service.received).toHaveLength(1);
  });

  it('says so when nobody listens', async () => {
    const { url } = service;
    await service.stop();
    service = await ScriptedService.start(() => ({}));
    const deaf = new RestClient({ url, token: () => 'fl_secret' });
    await expect(deaf.get('/things')).rejects.toThrow(/does not answer \(nobody listens there/);
  });

  it('shows no token in what it says', async () => {
    answer = () => ({ status: 401, body: { title: 'Unauthorized', detail: 'no such token' } });
    const refusal = await client()
      .get('/things')
      .catch((error: unknown) => error as Error);
    expect(JSON.stringify(refusal)).not.toContain('fl_secret');
  });
});
