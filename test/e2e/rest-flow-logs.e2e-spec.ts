import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writePcap } from '../fixtures/capture-writer';
import { ethernet, ipv4, tcp } from '../fixtures/packet-bytes';
import type { RestClient } from './support/rest-client';
import { startService } from './support/rest-client';

const path = '/api/v1/flow-logs';

describe('a flow log over REST', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let client: RestClient;
  let flowLogId: string;
  let startedAt: string;

  const flowLog = async () => (await client.get(`${path}/${flowLogId}`)).body;
  const becomes = async (status: string) => {
    while ((await flowLog()).status !== status) await new Promise((next) => setTimeout(next, 20));
  };

  beforeAll(async () => {
    service = await startService();
    client = service.client;
    await client.post('/api/v1/vpcs', { vpcId: 'vpc-logs', name: 'logs', cidrBlock: '10.0.0.0/8' });
    const vSwitch = { vSwitchId: 'vsw-logs', vpcId: 'vpc-logs', zoneId: 'cn-hangzhou-h', name: 'logs' };
    await client.post('/api/v1/vswitches', { ...vSwitch, cidrBlock: '10.0.0.0/16' });
    for (const host of [11, 12]) {
      const addresses = { vSwitchId: 'vsw-logs', privateIpAddresses: [`10.0.0.${host}`] };
      await client.post('/api/v1/network-interfaces', {
        networkInterfaceId: `eni-logs${host}`,
        ...addresses,
      });
    }
    const created = await client.post(path, {
      name: 'all of it',
      resourceType: 'VPC',
      resourceId: 'vpc-logs',
      trafficType: 'All',
      aggregationInterval: 1,
      projectName: 'flow-logs-here',
      logstoreName: 'entries',
      createProject: true,
      createLogstore: true,
      tags: [{ key: 'team', value: 'network' }],
    });
    expect(created).toMatchObject({ status: 201, headers: { etag: '"0"' } });
    flowLogId = created.body.flowLogId as string;
    startedAt = created.headers['flowledger-position'] as string;
    expect(created.headers.location).toBe(`${path}/${flowLogId}`);
    await becomes('Active');
  });
  afterAll(() => service.stop());

  it('shows what the interface promises and nothing internal', async () => {
    expect(await flowLog()).toEqual({
      flowLogId,
      name: 'all of it',
      description: '',
      accountId: '1000000000000001',
      regionId: 'cn-hangzhou',
      resourceType: 'VPC',
      resourceId: 'vpc-logs',
      vpcId: 'vpc-logs',
      trafficType: 'All',
      trafficPath: expect.any(Array) as unknown[],
      aggregationInterval: 1,
      ipVersion: 'IPv4',
      projectName: 'flow-logs-here',
      logstoreName: 'entries',
      resourceGroupId: expect.any(String) as string,
      status: 'Active',
      deliverStatus: 'SUCCESS',
      deliverErrorMessage: '',
      delivery: {
        state: 'Delivering',
        since: expect.any(String) as string,
        reason: '',
        detail: '',
        spooledEntries: 0,
        oldestSpooledWindow: null,
      },
      businessStatus: 'Normal',
      serviceType: expect.any(String) as string,
      createdAt: expect.any(String) as string,
      revision: 0,
      tags: [{ key: 'team', value: 'network' }],
    });
  });

  it('is found by its filters', async () => {
    const found = async (query: string) => (await client.get(`${path}?${query}`)).body.items;
    expect(await found('status=Active&vpcId=vpc-logs&health=Delivering')).toHaveLength(1);
    expect(await found('status=Inactive')).toEqual([]);
  });

  it('covers the interfaces of its VPC, and each tells what is collected on it', async () => {
    const scope = await client.get(`${path}/${flowLogId}/network-interfaces`);
    expect(scope.body.items).toMatchObject([{ included: true }, { included: true }]);
    const collection = await client.get('/api/v1/network-interfaces/eni-logs11/collection');
    expect(collection.body.flowLogs).toMatchObject([{ flowLogId, included: true }]);
    // Collection begins at the next edge of a minute, which may lie behind or ahead.
    const { effectiveInterval, next } = collection.body as {
      effectiveInterval: number | null;
      next: { effectiveInterval: number } | null;
    };
    expect(effectiveInterval ?? next?.effectiveInterval).toBe(1);
  });

  it('records an imported capture once under one key', async () => {
    const data = ethernet(ipv4(6, tcp(40_000, 443, 2), { src: '10.0.0.11', dst: '10.0.0.12' }));
    const capture = writePcap([{ seconds: 1_767_225_600, nanoseconds: 0, data }]);
    const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': 'capture-1' };
    const imported = await client.post('/api/v1/captures', capture, { headers });
    expect(imported).toMatchObject({ status: 200, body: { packets: 1, entries: 2, truncatedAt: null } });
    expect((await client.post('/api/v1/captures', capture, { headers })).text).toBe(imported.text);
    const other = writePcap([{ seconds: 1_767_225_660, nanoseconds: 0, data }]);
    expect((await client.post('/api/v1/captures', other, { headers })).body).toMatchObject({
      status: 409,
      code: 'IdempotencyKeyReused',
    });
    const logs = '/api/v1/projects/flow-logs-here/logstores/entries/logs';
    const read = await client.get(`${logs}?from=1767225600&to=1767225660&query=dstport:443`);
    expect(read.body).toMatchObject({ progress: 'Complete', count: 2 });
    expect(read.body.entries).toMatchObject([{ srcaddr: '10.0.0.11' }, { srcaddr: '10.0.0.11' }]);
    expect((await client.get(`${path}/${flowLogId}/delivery`)).body).toMatchObject({
      deliverStatus: 'SUCCESS',
      delivery: { state: 'Delivering' },
      deliveredEntries: 2,
      spooledEntries: 0,
      expiredEntries: {},
      spoolBounds: { bytes: 10 * 2 ** 30, ageSeconds: 7 * 86_400 },
    });
  });

  it('takes no broken capture, and keeps no upload', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const broken = await client.post('/api/v1/captures', Buffer.alloc(64, 1), { headers });
    expect(broken.body).toMatchObject({ status: 422, code: 'BrokenCapture', offset: 0, packetsRead: 0 });
    const nowhere = await client.post('/api/v1/captures?networkInterfaceId=eni-no', Buffer.alloc(8), {
      headers,
    });
    expect(nowhere.body).toMatchObject({ status: 404, code: 'NetworkInterfaceNotFound' });
    expect((await client.post('/api/v1/captures', {})).body).toMatchObject({ status: 415 });
    expect(await readdir(join(service.directory, 'uploads'))).toEqual([]);
  });

  it('is refused a second time for one resource', async () => {
    const second = { resourceType: 'VPC', resourceId: 'vpc-logs', trafficType: 'All' };
    const answer = await client.post(path, {
      ...second,
      projectName: 'flow-logs-here',
      logstoreName: 'entries',
    });
    expect(answer.body).toMatchObject({ status: 409, code: 'FlowLogAlreadyExists' });
  });

  it('changes, stops and starts with the resource in the answer', async () => {
    const stale = { headers: { 'if-match': '"7"' } };
    const renamed = await client.patch(`${path}/${flowLogId}`, { name: 'renamed' });
    expect(renamed).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { name: 'renamed' } });
    expect((await client.patch(`${path}/${flowLogId}`, { name: 'x' }, stale)).status).toBe(412);
    const tagged = await client.put(`${path}/${flowLogId}/tags`, { tags: [] });
    expect(tagged).toMatchObject({ status: 200, body: { tags: [] } });
    const slower = await client.patch(`${path}/${flowLogId}`, { aggregationInterval: 5 });
    expect(slower).toMatchObject({ status: 202, body: { aggregationInterval: 5 } });
    await becomes('Active');
    expect((await client.post(`${path}/${flowLogId}/start`)).body).toMatchObject({ status: 409 });
    expect(await client.post(`${path}/${flowLogId}/stop`)).toMatchObject({
      status: 202,
      body: { flowLogId },
    });
    await becomes('Inactive');
    expect((await client.post(`${path}/${flowLogId}/start`)).status).toBe(202);
    await becomes('Active');
  });

  it('shows the past without the gauges of today', async () => {
    const past = await client.get(`${path}/${flowLogId}?asOf=${startedAt}`);
    expect(past.body).toMatchObject({
      name: 'all of it',
      status: 'Activating',
      delivery: { spooledEntries: null, oldestSpooledWindow: null },
    });
    expect(past.headers).not.toHaveProperty('etag');
    expect((await client.get(`${path}/${flowLogId}?asOf=yesterday`)).status).toBe(422);
  });

  it('has an audit trail that outlives it', async () => {
    expect(await client.delete(`${path}/${flowLogId}`)).toMatchObject({
      status: 202,
      body: { flowLogId, status: 'Deleting' },
    });
    while ((await client.get(`${path}/${flowLogId}`)).status !== 404)
      await new Promise((next) => setTimeout(next, 20));
    const trail = (await client.get(`${path}/${flowLogId}/events?limit=100`)).body.items as {
      type: string;
    }[];
    const types = trail.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['FlowLogCreated', 'FlowLogRenamed', 'FlowLogDeleted']));
    const account = (await client.get('/api/v1/events?limit=2')).body;
    expect(account.items).toMatchObject([{ type: 'VpcCreated', actor: 'root' }, { type: 'VSwitchCreated' }]);
    expect(account.nextCursor).toEqual(expect.any(String));
  });

  it('leaves lines in the log that name no secret', () => {
    const lines = service.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const asOf = lines.find((line) => line.msg === 'request' && line.path === `${path}/${flowLogId}`);
    expect(asOf).toMatchObject({
      method: 'GET',
      status: 200,
      actor: 'root',
      correlationId: expect.any(String) as string,
    });
    expect(service.lines.join('')).not.toContain(client.token);
  });
});
