import { eventually } from './support/eventually';
import { startService } from './support/rest-client';
import type { RestClient } from './support/rest-client';

interface Generation {
  readonly generation: number;
  readonly status: string;
  readonly serving: boolean;
}

describe('the read models of a running service', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let client: RestClient;
  const path = '/api/v1/projections';
  const generations = async () => (await client.get(`${path}/generations`)).body.items as Generation[];
  const shown = async () =>
    (await generations()).map(({ generation, status, serving }) => ({ generation, status, serving }));
  const vpcNames = async () =>
    ((await client.get('/api/v1/vpcs')).body.items as { name: string }[]).map(({ name }) => name).sort();

  beforeAll(async () => {
    service = await startService();
    client = service.client;
    for (const name of ['a', 'b']) {
      expect((await client.post('/api/v1/vpcs', { name, cidrBlock: '10.0.0.0/8' })).status).toBe(201);
    }
  });
  afterAll(() => service.stop());

  it('are for administrators only', async () => {
    const { body } = await client.post('/api/v1/tokens', { name: 'reader', role: 'reader' });
    const token = body.token as string;
    expect((await client.get(`${path}/generations`, { token })).status).toBe(403);
    expect((await client.get('/api/v1/processes/blocked', { token })).status).toBe(403);
  });

  it('are built anew beside those that answer, compared, switched to, and left again', async () => {
    const { status, body } = await client.post(`${path}/generations`, {});
    expect({ status, generation: body.generation }).toEqual({ status: 202, generation: 2 });
    await eventually(async () => {
      expect(await shown()).toEqual([
        { generation: 1, status: 'ready', serving: true },
        { generation: 2, status: 'ready', serving: false },
      ]);
    });
    const compared = (await client.get(`${path}/generations/2/differences`)).body;
    expect(compared).toMatchObject({ differing: 0, unsettled: 0, differences: [] });
    expect(compared.readModels).toEqual(
      expect.arrayContaining([expect.objectContaining({ readModel: 'vpcs', serving: 2, candidate: 2 })]),
    );

    expect((await client.post(`${path}/generations/2/switch`, {})).status).toBe(204);
    expect((await client.post('/api/v1/vpcs', { name: 'c', cidrBlock: '10.0.0.0/8' })).status).toBe(201);
    expect(await vpcNames()).toEqual(['a', 'b', 'c']);
    expect((await client.delete(`${path}/generations/2`)).status).toBe(409);

    expect((await client.post(`${path}/rollback`, {})).status).toBe(204);
    expect(await vpcNames()).toEqual(['a', 'b', 'c']);
    expect((await client.delete(`${path}/generations/2`)).status).toBe(202);
    await eventually(async () => {
      expect(await shown()).toEqual([{ generation: 1, status: 'ready', serving: true }]);
    });
    expect((await client.get('/api/v1/health')).body.state).toBe('green');
  });

  it('refuse what cannot be done, and say so', async () => {
    expect((await client.post(`${path}/rollback`, {})).status).toBe(409);
    expect((await client.get(`${path}/generations/9/differences`)).body.code).toBe('GenerationNotFound');
    expect((await client.post(`${path}/parked/replays`, { readModel: 'vpcs', sequence: 'x' })).status).toBe(
      404,
    );
    const release = { commandId: 'x', answer: 'retry' };
    expect((await client.post('/api/v1/processes/delivery/fl-x/release', release)).status).toBe(404);
  });

  it('have nothing parked and nothing blocked', async () => {
    expect((await client.get(`${path}/parked`)).body.items).toEqual([]);
    expect((await client.get('/api/v1/processes/blocked')).body.items).toEqual([]);
  });
});
