import { flowledger } from './support/command-line';
import { eventually } from './support/eventually';
import { FlowLogScene } from './support/flow-log-scene';
import { ServiceProcess } from './support/service-process';

interface Shown {
  readonly flowLogId: string;
  readonly [member: string]: unknown;
}
interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
interface AuditEvent {
  readonly position: string;
  readonly type: string;
  readonly recordedAt: string;
}

const flowLogMembers = 'flowLogId name status aggregationInterval createdAt';
const scopeMembers = 'networkInterfaceId included reason effectiveInterval';

describe('the past of an account', () => {
  let service: ServiceProcess;
  let scene: FlowLogScene;
  let other: string;
  /** The flow log was just activated, at five minutes; the other one did not exist. */
  let then: AuditEvent;
  let thenList: Page<Shown>;
  let thenScope: Page<Shown>;

  const moments = () => [then.position, then.recordedAt];
  const query = (path: string, asOf: string) =>
    service.api.get<never>(`${path}?asOf=${encodeURIComponent(asOf)}`);
  const graphql = async (text: string): Promise<Record<string, unknown>> => {
    const { data } = await service.api
      .send<{ data: Record<string, unknown> }>('POST', '/graphql', { query: text })
      .then(({ body }) => body);
    return data;
  };
  const cli = async (...words: string[]) =>
    JSON.parse((await flowledger(service, ...words, '--json')).stdout) as readonly Shown[];
  const only = (rows: readonly Shown[], members: string) =>
    rows.map((row) => Object.fromEntries(members.split(' ').map((member) => [member, row[member]])));

  beforeAll(async () => {
    service = await ServiceProcess.start();
    scene = await FlowLogScene.set(service.api);
    await scene.untilStatus('Active');
    const events = await service.api.list<AuditEvent>(`${scene.path}/events`);
    then = events.findLast(({ type }) => type === 'FlowLogActivated')!;
    thenList = await service.api.get('/flow-logs');
    thenScope = await service.api.get(`${scene.path}/network-interfaces`);
    await eventually(async () => {
      if (Date.now() <= Date.parse(then.recordedAt))
        throw new Error('What follows must be later by the clock, too');
    });
    await scene.order('stop');
    await scene.untilStatus('Inactive');
    await service.api.call('PATCH', scene.path, { name: 'renamed' });
    const [networkInterface] = scene.names.interfaces;
    await service.api.post(`${scene.projectPath}/logstores`, { logstoreName: 'another' });
    other = await scene.createFlowLog({
      resourceType: 'NetworkInterface',
      resourceId: networkInterface!.networkInterfaceId,
      logstoreName: 'another',
    });
  }, 60_000);
  afterAll(() => service.remove());

  it('is told by every door alike: the list of flow logs, by position and by time', async () => {
    expect(other).not.toBe(scene.flowLogId);
    for (const asOf of moments()) {
      const { items } = (await query('/flow-logs', asOf)) as Page<Shown>;
      expect(only(items, flowLogMembers)).toEqual(only(thenList.items, flowLogMembers));
      const { flowLogs } = await graphql(`{ flowLogs(asOf: "${asOf}") { nodes { ${flowLogMembers} } } }`);
      const nodes = (flowLogs as { nodes: readonly Shown[] }).nodes;
      expect(nodes.map(({ flowLogId }) => flowLogId)).toEqual([items[0]!.flowLogId]);
      expect(nodes[0]).toMatchObject({
        name: items[0]!['name'],
        aggregationInterval: items[0]!['aggregationInterval'],
      });
      expect(await cli('flow-logs', 'list', '--as-of', asOf)).toEqual(items);
    }
    expect((await service.api.get<Page<Shown>>('/flow-logs')).items).toHaveLength(2);
  });

  it('is filtered as it was then', async () => {
    const active = (await query('/flow-logs', `${then.position}`)) as Page<Shown>;
    const filtered = await service.api.get(`/flow-logs?status=Active&asOf=${then.position}`);
    expect(filtered).toEqual(active);
    const renamed = await service.api.get(`/flow-logs?name=renamed&asOf=${then.position}`);
    expect(renamed).toEqual({ items: [], nextCursor: null });
  });

  it('is told by every door alike: the collection scope', async () => {
    for (const asOf of moments()) {
      const { items } = (await query(`${scene.path}/network-interfaces`, asOf)) as Page<Shown>;
      const reasons = only(items, 'networkInterfaceId included reason');
      expect(reasons).toEqual(only(thenScope.items, 'networkInterfaceId included reason'));
      expect(items.every(({ included }) => included === true)).toBe(true);
      const found = await graphql(
        `{ flowLog(id: "${scene.flowLogId}") { networkInterfaces(asOf: "${asOf}") { nodes { networkInterfaceId included effectiveInterval } } } }`,
      );
      const { networkInterfaces } = found['flowLog'] as { networkInterfaces: { nodes: readonly Shown[] } };
      expect(networkInterfaces.nodes).toEqual(only(items, 'networkInterfaceId included effectiveInterval'));
      expect(await cli('flow-logs', 'scope', scene.flowLogId, '--as-of', asOf)).toEqual(items);
    }
    const now = await service.api.get<Page<Shown>>(`${scene.path}/network-interfaces`);
    expect(only(now.items, scopeMembers).every(({ included }) => included === false)).toBe(true);
  });

  it('is told of one interface, with the flow logs that decided', async () => {
    const [networkInterface] = scene.names.interfaces;
    const path = `/network-interfaces/${networkInterface!.networkInterfaceId}/collection`;
    const was = (await query(path, then.position)) as { flowLogs: readonly Shown[] };
    expect(was.flowLogs).toMatchObject([{ flowLogId: scene.flowLogId, included: true, status: 'Active' }]);
    const found = await graphql(
      `{ networkInterface(id: "${networkInterface!.networkInterfaceId}") { collection(asOf: "${then.position}") { flowLogs { flowLogId included } } } }`,
    );
    expect(found).toEqual({
      networkInterface: { collection: { flowLogs: [{ flowLogId: scene.flowLogId, included: true }] } },
    });
  });

  it('refuses a moment that is none, naming the parameter', async () => {
    const answer = await service.api.send('GET', '/api/v1/flow-logs?asOf=yesterday');
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'InvalidParameter', errors: [{ path: 'asOf' }] },
    });
  });
});
