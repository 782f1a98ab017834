import type { Answered, RestClient } from './support/rest-client';
import { startService } from './support/rest-client';

const paths = ({ body }: Answered) => (body.errors as { path: string }[]).map(({ path }) => path).sort();
const vpc = { vpcId: 'vpc-rest', name: 'rest', cidrBlock: '10.0.0.0/8' };
const flowLog = {
  resourceType: 'VPC',
  resourceId: vpc.vpcId,
  trafficType: 'All',
  projectName: 'rest-door',
  logstoreName: 'entries',
  createProject: true,
  createLogstore: true,
};

describe('the REST door', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let client: RestClient;

  beforeAll(async () => {
    service = await startService();
    client = service.client;
    await client.post('/api/v1/vpcs', vpc);
  });
  afterAll(() => service.stop());

  const tokenOf = async (role: string) =>
    (await client.post('/api/v1/tokens', { name: role, role })).body.token as string;

  describe('a stranger', () => {
    it('is asked for a token before the body is looked at', async () => {
      const answer = await client.post('/api/v1/vpcs', '{', { token: null });
      expect(answer).toMatchObject({ status: 401, body: { code: 'Unauthenticated' } });
      expect(answer.headers).toMatchObject({
        'www-authenticate': 'Bearer',
        'content-type': 'application/problem+json; charset=utf-8',
      });
    });
    it('may see health, the API document and its page, but no metrics', async () => {
      const statuses = ['/health/live', '/health/ready', '/api/openapi.json', '/api/docs', '/metrics'];
      const answers = await Promise.all(statuses.map((path) => client.get(path, { token: null })));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 401]);
    });
    it('with a foreign Host or Origin is refused', async () => {
      const host = await client.get('/api/v1/vpcs', { headers: { host: 'rebound.example' } });
      expect(host).toMatchObject({ status: 421, body: { code: 'HostRefused' } });
      const origin = await client.get('/api/v1/vpcs', { headers: { origin: 'https://rebound.example' } });
      expect(origin).toMatchObject({ status: 421, body: { code: 'HostRefused' } });
    });
  });

  describe('a token', () => {
    it('of a reader reads and changes nothing', async () => {
      const token = await tokenOf('reader');
      expect((await client.get('/api/v1/vpcs', { token })).status).toBe(200);
      expect((await client.get('/metrics', { token })).text).toMatch(/^# HELP/m);
      const refused = await client.post('/api/v1/vpcs', { nothing: 'right' }, { token });
      expect(refused).toMatchObject({ status: 403, body: { code: 'Forbidden' } });
    });
    it('of an operator makes no tokens', async () => {
      const token = await tokenOf('operator');
      expect((await client.get('/api/v1/tokens', { token })).status).toBe(403);
    });
    it('is refused once it is revoked', async () => {
      const { tokenId, token } = (await client.post('/api/v1/tokens', { name: 'x', role: 'reader' })).body;
      expect((await client.delete(`/api/v1/tokens/${tokenId as string}`)).status).toBe(204);
      expect((await client.get('/api/v1/vpcs', { token: token as string })).status).toBe(401);
    });
  });

  describe('wrong input', () => {
    it('is refused with every wrong path of the body', async () => {
      const body = { ...flowLog, trafficType: 'Some', name: null, tags: [{ key: 'a', value: 1 }], colour: 1 };
      const answer = await client.post('/api/v1/flow-logs', body);
      expect(answer).toMatchObject({ status: 422, body: { code: 'InvalidInput' } });
      expect(paths(answer)).toEqual(['colour', 'name', 'tags.0.value', 'trafficType']);
    });
    it('is refused in the query string, too', async () => {
      expect(paths(await client.get('/api/v1/vpcs?limit=0&colour=red'))).toEqual(['colour', 'limit']);
      expect(paths(await client.get('/api/v1/vpcs?limit=1&limit=2'))).toEqual(['limit']);
    });
    it('that is no object, no JSON, or no JSON at all has its own status', async () => {
      expect((await client.post('/api/v1/vpcs', [vpc])).status).toBe(422);
      expect((await client.post('/api/v1/vpcs', '{')).body).toMatchObject({
        status: 400,
        code: 'BadRequest',
      });
      const headers = { 'content-type': 'text/plain' };
      const text = await client.post('/api/v1/vpcs', 'name', { headers });
      expect(text.body).toMatchObject({ status: 415, code: 'UnsupportedMediaType' });
    });
    it('of the domain names its path and code', async () => {
      const answer = await client.post('/api/v1/flow-logs', { ...flowLog, name: 'http://x' });
      expect(answer).toMatchObject({ status: 422, body: { code: 'InvalidName' } });
      expect(paths(answer)).toEqual(['name']);
    });
    it('about things that do not exist is 404', async () => {
      expect((await client.get('/api/v1/nothing')).body).toMatchObject({ status: 404, code: 'NotFound' });
      expect((await client.get('/api/v1/vpcs/vpc-no')).body).toMatchObject({ code: 'VpcNotFound' });
      const start = await client.post('/api/v1/flow-logs/fl-no/start');
      expect(start.body).toMatchObject({ status: 404, code: 'FlowLogNotFound' });
    });
  });

  describe('a repeated request', () => {
    const headers = { 'idempotency-key': 'make-vpc-1' };
    const body = { name: 'again', cidrBlock: '172.16.0.0/12' };

    it('gets the same answer under the same key', async () => {
      const [first, second] = await Promise.all(
        [1, 2].map(() => client.post('/api/v1/vpcs', body, { headers })),
      );
      expect(first!.status).toBe(201);
      expect(second).toMatchObject({ status: 201, text: first!.text });
      for (const name of ['location', 'etag', 'flowledger-position']) {
        expect(second!.headers[name]).toBe(first!.headers[name]);
      }
    });
    it('is refused when it is another request', async () => {
      const answer = await client.post('/api/v1/vpcs', { ...body, name: 'other' }, { headers });
      expect(answer).toMatchObject({ status: 409, body: { code: 'IdempotencyKeyReused' } });
    });
  });

  describe('lists', () => {
    it('go on where the cursor says, and end', async () => {
      for (const name of ['a', 'b', 'c']) {
        await client.post('/api/v1/projects', { projectName: `pages-${name}`, description: '' });
      }
      const seen: string[] = [];
      let after = '';
      do {
        const page = (await client.get(`/api/v1/projects?limit=2${after}`)).body;
        seen.push(...(page.items as { projectName: string }[]).map(({ projectName }) => projectName));
        after = page.nextCursor === null ? '' : `&after=${encodeURIComponent(page.nextCursor as string)}`;
      } while (after);
      expect(seen.filter((name) => name.startsWith('pages-'))).toEqual(['pages-a', 'pages-b', 'pages-c']);
    });
    it('refuse a cursor that they did not give out', async () => {
      const answer = await client.get('/api/v1/projects?after=mine');
      expect(answer.body).toMatchObject({ status: 422, code: 'MalformedCursor' });
    });
  });

  describe('a logstore', () => {
    it('changes under its ETag only', async () => {
      await client.post('/api/v1/projects', { projectName: 'etag-flow', description: '' });
      const path = '/api/v1/projects/etag-flow/logstores';
      const created = await client.post(path, { logstoreName: 'kept', ttl: 30 });
      expect(created).toMatchObject({ status: 201, headers: { etag: '"0"', location: `${path}/kept` } });
      expect(created.body).not.toHaveProperty('logstoreId');
      const first = { headers: { 'if-match': '"0"' } };
      expect(await client.patch(`${path}/kept`, { ttl: 7 }, first)).toMatchObject({
        status: 200,
        body: { ttl: 7 },
      });
      expect((await client.patch(`${path}/kept`, { ttl: 8 }, first)).body).toMatchObject({
        status: 412,
        code: 'RevisionMismatch',
      });
      expect((await client.delete(`${path}/kept`, first)).status).toBe(412);
      expect((await client.delete(`${path}/kept`)).status).toBe(204);
      expect((await client.get(`${path}/kept`)).body).toMatchObject({ code: 'LogstoreNotFound' });
    });
    it('is read from the moment it exists', async () => {
      await client.post('/api/v1/projects', { projectName: 'fresh-logs', description: '' });
      await client.post('/api/v1/projects/fresh-logs/logstores', { logstoreName: 'empty' });
      const logs = '/api/v1/projects/fresh-logs/logstores/empty/logs';
      const answer = await client.get(`${logs}?from=0&to=10`);
      expect(answer.body).toEqual({ progress: 'Complete', count: 0, entries: [] });
      expect(paths(await client.get(`${logs}?from=9&to=3`))).toEqual(['from']);
      expect(paths(await client.get(`${logs}?limit=1001`))).toEqual(['from', 'limit', 'to']);
      expect((await client.get(`${logs}?from=0&to=9&query=a%20or%20b`)).body).toMatchObject({
        status: 422,
        code: 'QueryNotSupported',
      });
    });
  });

  describe('a position', () => {
    it('that a write gave is seen by a read that sends it back', async () => {
      const written = await client.post('/api/v1/projects', { projectName: 'seen-at-once', description: '' });
      const headers = { 'flowledger-at-least': written.headers['flowledger-position'] as string };
      expect((await client.get('/api/v1/projects/seen-at-once', { headers })).status).toBe(200);
    });
    it('that is not reached yet is 503 with Retry-After', async () => {
      const headers = { 'flowledger-at-least': '9000000000' };
      const answer = await client.get('/api/v1/vpcs', { headers });
      expect(answer).toMatchObject({
        status: 503,
        headers: { 'retry-after': '1' },
        body: { code: 'NotYetVisible' },
      });
    });
  });
});
