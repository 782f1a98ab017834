import type { Client } from 'graphql-ws';
import { ask, memberOf, subscriber } from './support/graphql-client';
import { startService } from './support/rest-client';

const createVpc =
  'mutation ($input: CreateVpcInput!, $key: String) { createVpc(input: $input, idempotencyKey: $key) ' +
  '{ position vpc { vpcId name regionId revision } } }';
const vpc = { vpcId: 'vpc-graphql', name: 'graphql', cidrBlock: '10.0.0.0/8' };
const flowLog = {
  resourceType: 'VPC',
  resourceId: vpc.vpcId,
  trafficType: 'All',
  projectName: 'graphql-door',
  logstoreName: 'entries',
  createProject: true,
  createLogstore: true,
};

describe('the GraphQL door', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let flowLogId: string;
  const asked = (query: string, variables = {}, sent = {}) => ask(service.client, query, variables, sent);

  beforeAll(async () => {
    service = await startService();
    await asked(createVpc, { input: vpc });
    await asked(
      'mutation { createVSwitch(input: {vSwitchId: "vsw-graphql", vpcId: "vpc-graphql", zoneId: "cn-hangzhou-h", ' +
        'cidrBlock: "10.1.0.0/16", name: "a"}) { position } createNetworkInterface(input: {networkInterfaceId: ' +
        '"eni-graphql", vSwitchId: "vsw-graphql", privateIpAddresses: ["10.1.0.9"]}) { position } }',
    );
    const created = await asked(
      'mutation ($input: CreateFlowLogInput!) { createFlowLog(input: $input) { flowLog { flowLogId status } } }',
      { input: flowLog },
    );
    flowLogId = memberOf(created, 'createFlowLog.flowLog.flowLogId') as string;
  });
  afterAll(() => service.stop());

  const tokenOf = async (role: string) =>
    memberOf(
      await asked(`mutation { createToken(name: "${role}", role: ${role}) { secret } }`),
      'createToken.secret',
    ) as string;

  describe('a stranger', () => {
    it('learns nothing, not even the schema', async () => {
      const answer = await asked('{ __schema { types { name } } }', {}, { token: null });
      expect(answer).toMatchObject({
        status: 401,
        data: null,
        errors: [{ extensions: { code: 'Unauthenticated', status: 401 } }],
      });
    });
  });

  describe('a query', () => {
    it('shows a flow log, its scope and its place in a page', async () => {
      const { data, errors } = await asked(
        'query ($id: ID!) { flowLog(id: $id) { name resourceId networkInterfaces { nodes { networkInterfaceId } } } ' +
          'flowLogs(filter: {resourceId: "vpc-graphql"}, first: 1) { edges { node { flowLogId } } pageInfo { hasNextPage } } }',
        { id: flowLogId },
      );
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        flowLog: {
          name: '',
          resourceId: 'vpc-graphql',
          networkInterfaces: { nodes: [{ networkInterfaceId: 'eni-graphql' }] },
        },
        flowLogs: { edges: [{ node: { flowLogId } }], pageInfo: { hasNextPage: false } },
      });
    });
    it('tells what is collected on an interface', async () => {
      const answer = await asked(
        '{ networkInterface(id: "eni-graphql") { collection { effectiveInterval flowLogs { flowLogId reason } } } }',
      );
      expect(memberOf(answer, 'networkInterface.collection.flowLogs')).toMatchObject([{ flowLogId }]);
    });
    it('reads the audit trail by pages', async () => {
      const page =
        'query ($id: ID!, $after: String) { flowLogEvents(id: $id, first: 1, after: $after) { nodes { type ' +
        'position } pageInfo { hasNextPage endCursor } } }';
      const first = await asked(page, { id: flowLogId });
      expect(first.data!.flowLogEvents).toMatchObject({
        nodes: [{ type: 'FlowLogReserved' }],
        pageInfo: { hasNextPage: true },
      });
      const after = memberOf(first, 'flowLogEvents.pageInfo.endCursor');
      const second = await asked(page, { id: flowLogId, after });
      expect(Number(memberOf(second, 'flowLogEvents.nodes.0.position'))).toBeGreaterThan(Number(after));
    });
    it('reads entries and delivery', async () => {
      const { data, errors } = await asked(
        'query ($id: ID!) { entries(project: "graphql-door", logstore: "entries", from: 0, to: 5000000000) ' +
          '{ progress count entries } delivery(id: $id) { deliverStatus delivery { state } spooledEntries spoolBounds } }',
        { id: flowLogId },
      );
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({
        entries: { progress: 'Complete', count: 0, entries: [] },
        delivery: { deliverStatus: 'SUCCESS', spooledEntries: 0 },
      });
    });
    it('for what is not there has the code of REST', async () => {
      const { status, errors } = await asked('{ vpc(id: "vpc-none") { name } }');
      expect(status).toBe(200);
      expect(errors).toMatchObject([{ path: ['vpc'], extensions: { code: 'VpcNotFound', status: 404 } }]);
    });
    it('for a page that is too large names the argument', async () => {
      const { errors } = await asked('{ vpcs(first: 101) { nodes { name } } }');
      expect(errors).toMatchObject([{ extensions: { code: 'InvalidInput', errors: [{ path: 'first' }] } }]);
    });
  });

  describe('a mutation', () => {
    it('answers with what it wrote', async () => {
      const answer = await asked(createVpc, { input: { name: 'written', cidrBlock: '10.0.0.0/8' } });
      expect(memberOf(answer, 'createVpc.vpc')).toMatchObject({
        name: 'written',
        regionId: 'cn-hangzhou',
        revision: 0,
      });
    });
    it('with the same key answers the same, and with other input is refused', async () => {
      const input = { name: 'once', cidrBlock: '10.0.0.0/8' };
      const first = await asked(createVpc, { input, key: 'key-1' });
      expect((await asked(createVpc, { input, key: 'key-1' })).data).toEqual(first.data);
      const { errors } = await asked(createVpc, { input: { ...input, name: 'twice' }, key: 'key-1' });
      expect(errors).toMatchObject([{ extensions: { code: 'IdempotencyKeyReused', status: 409 } }]);
    });
    it('twice in one request is two commands', async () => {
      const answer = await asked(
        'mutation { a: createVpc(input: {name: "a", cidrBlock: "10.0.0.0/8"}) { vpc { vpcId } } ' +
          'b: createVpc(input: {name: "b", cidrBlock: "10.0.0.0/8"}) { vpc { vpcId } } }',
      );
      expect(memberOf(answer, 'a.vpc.vpcId')).not.toBe(memberOf(answer, 'b.vpc.vpcId'));
    });
    it('on a stale revision is refused', async () => {
      const { errors } = await asked(
        'mutation ($id: ID!) { tagFlowLog(id: $id, tags: [], ifRevision: 99) { position } }',
        { id: flowLogId },
      );
      expect(errors).toMatchObject([{ extensions: { code: 'RevisionMismatch', status: 412 } }]);
    });
    it('of a reader is refused, and tokens are for administrators', async () => {
      const reader = await tokenOf('reader');
      const refused = await asked(createVpc, { input: vpc }, { token: reader });
      expect(refused.errors).toMatchObject([{ extensions: { code: 'Forbidden', status: 403 } }]);
      const operator = await tokenOf('operator');
      const { errors } = await asked(
        'mutation { revokeToken(id: "x") { position } }',
        {},
        { token: operator },
      );
      expect(errors).toMatchObject([{ extensions: { code: 'Forbidden' } }]);
    });
  });

  describe('a limit', () => {
    it('on the cost refuses pages of pages', async () => {
      const { status, errors } = await asked(
        '{ projects(first: 100) { nodes { logstores(first: 100) { nodes { ttl } } } } }',
      );
      expect(status).toBe(422);
      expect(errors).toMatchObject([{ extensions: { code: 'QueryTooExpensive' } }]);
    });
    it('refuses batches and faulty documents', async () => {
      const batch = await service.client.post('/graphql', [{ query: '{ __typename }' }]);
      expect(batch.status).toBe(400);
      const { status, errors } = await asked('{ nothing }');
      expect({ status, code: errors![0]!.extensions.code }).toEqual({ status: 400, code: 'InvalidQuery' });
    });
  });

  describe('a subscription', () => {
    const open: Client[] = [];
    const connect = (token?: string): Client => {
      const client = subscriber(service.client, token);
      open.push(client);
      return client;
    };
    afterEach(async () => {
      for (const client of open.splice(0)) await client.dispose();
    });
    const query = 'subscription ($id: ID!) { flowLogChanged(id: $id) { tags { key } } }';

    it('shows the flow log now and after a change', async () => {
      const views = connect(service.client.token).iterate({ query, variables: { id: flowLogId } });
      expect((await views.next()).value).toEqual({ data: { flowLogChanged: { tags: [] } } });
      await asked(
        'mutation ($id: ID!) { tagFlowLog(id: $id, tags: [{key: "k", value: "v"}]) { position } }',
        {
          id: flowLogId,
        },
      );
      expect((await views.next()).value).toEqual({ data: { flowLogChanged: { tags: [{ key: 'k' }] } } });
      await views.return!();
    });
    it('without a token is refused', async () => {
      const views = connect().iterate({ query, variables: { id: flowLogId } });
      await expect(views.next()).rejects.toMatchObject({ code: 4403 });
    });
    it('to what is not there has the code of REST', async () => {
      const views = connect(service.client.token).iterate({ query, variables: { id: 'fl-none' } });
      await expect(views.next()).rejects.toMatchObject([{ extensions: { code: 'FlowLogNotFound' } }]);
    });
  });
});
