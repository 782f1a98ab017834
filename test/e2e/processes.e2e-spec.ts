import { FakeEventStore } from '../../libs/event-store-eventstoredb/testing';
import { MongoReadModelStore } from '../../libs/read-model-mongodb/src';
import { FakeMongoServer } from '../../libs/read-model-mongodb/testing';
import { eventually } from './support/eventually';
import { FlowLogScene } from './support/flow-log-scene';
import { insist } from './support/operators';
import { ServiceInParts } from './support/service-in-parts';
import { numberedCapture, numbersOf, range } from './support/traffic';

interface AuditEvent {
  readonly type: string;
  readonly data: { readonly flowLogId?: string; readonly vpcId?: string };
}

/** A server named by its address takes the place of the fake one. */
const openEventStore = async () => {
  const url = process.env.FLOWLEDGER_TEST_EVENTSTORE_URL;
  if (url) return { url, stop: async () => undefined };
  const fake = await FakeEventStore.start({ profile: 'modern' });
  return { url: fake.connectionString, stop: async () => fake.stop() };
};

describe('api, two workers and a collector as processes of their own', () => {
  let eventStore: Awaited<ReturnType<typeof openEventStore>>;
  let mongo: FakeMongoServer;
  let readModels: MongoReadModelStore;
  let service: ServiceInParts;

  beforeAll(async () => {
    eventStore = await openEventStore();
    mongo = await FakeMongoServer.start('replica set');
    readModels = await MongoReadModelStore.connect({ url: mongo.url });
    service = await ServiceInParts.start({
      FLOWLEDGER_ACCOUNT_ID: `${Math.floor(1e15 + Math.random() * 8e15)}`,
      FLOWLEDGER_FLOW_LOG_QUOTA: '100',
      FLOWLEDGER_EVENT_STORE: 'eventstoredb',
      FLOWLEDGER_EVENTSTORE_URL: eventStore.url,
      FLOWLEDGER_READ_MODEL: 'mongodb',
      FLOWLEDGER_MONGODB_URL: mongo.url,
    });
  }, 180_000);
  afterAll(async () => {
    await service?.remove();
    await readModels?.close();
    await mongo?.stop();
    await eventStore?.stop();
  });

  /** By segment of the read models. */
  const owners = async (): Promise<(string | undefined)[]> =>
    (await readModels.consumers())
      .filter(({ consumer }) => consumer.startsWith('projections.'))
      .map(({ lease }) => lease?.owner);
  const api = () => service.api.api;
  const events = () => api().list<AuditEvent>('/events');

  it('have an owner for each segment of the read models', async () => {
    await eventually(async () => {
      const all = await owners();
      expect(all).toHaveLength(4);
      expect(all).not.toContain(undefined);
    });
  });

  it('do together what one process does', async () => {
    const scene = await FlowLogScene.set(api());
    expect(await scene.import(0, 3)).toMatchObject({ packets: 3, entries: 3 });
    expect(numbersOf(await scene.entries())).toEqual(range(0, 3));
    await scene.order('stop');
    await scene.untilStatus('Inactive');
    expect(await scene.import(3, 5)).toMatchObject({ entries: 0 });
    expect(await scene.delivery()).toMatchObject({ deliveredEntries: 3, spooledEntries: 0 });
  });

  describe('a position that a write answered with', () => {
    const read = (headers: Record<string, string>) =>
      api().send<{ code?: string }>('GET', '/api/v1/vpcs', undefined, headers);
    const written = async (): Promise<string> => {
      const vpc = { vpcId: `vpc-${Date.now()}`, name: 'token', cidrBlock: '10.250.0.0/16' };
      const answer = await api().send('POST', '/api/v1/vpcs', vpc);
      return answer.headers.get('flowledger-position')!;
    };

    it('is waited for by a read, whoever folds the read models', async () => {
      expect((await read({ 'flowledger-at-least': await written() })).status).toBe(200);
    });

    it('is refused when it is of another log', async () => {
      const [position] = (await written()).split('@');
      expect(await read({ 'flowledger-at-least': `${position}@0123456789ab` })).toMatchObject({
        status: 409,
        body: { code: 'TokenOfAnotherLog' },
      });
    });

    it('is refused when the log has lost it', async () => {
      const [, log] = (await written()).split('@');
      expect(await read({ 'flowledger-at-least': `9000000000000@${log}` })).toMatchObject({
        status: 409,
        body: { code: 'TokenOfAnotherLog' },
      });
    });

    it('gets 503, or on demand an answer that is marked as old', async () => {
      const tooFar = { 'flowledger-at-least': '9000000000000' };
      expect(await read(tooFar)).toMatchObject({ status: 503, body: { code: 'NotYetVisible' } });
      const stale = await read({ ...tooFar, 'flowledger-if-behind': 'stale' });
      expect(stale.status).toBe(200);
      expect(stale.headers.get('flowledger-stale')).toBe('true');
    });
  });

  it('go on when a worker is killed: the other takes its segments over', async () => {
    await service.workers[0].end('SIGKILL');
    const before = new Set(await owners());
    const [survivor] = await eventually(async () => {
      const now = await owners();
      expect(now).not.toContain(undefined);
      expect(new Set(now).size).toBe(1);
      return now;
    });
    expect(before).toContain(survivor);
    const scene = await FlowLogScene.set(api());
    await scene.import(0, 2);
    expect(numbersOf(await scene.entries())).toEqual(range(0, 2));
    await service.workers[0].start();
  });

  it('lose nothing and double nothing while each is restarted under running commands', async () => {
    const scene = await FlowLogScene.set(api());
    const address = scene.names.interfaces[0]!.privateIpAddresses[0]!;
    const imports = `/captures?networkInterfaceId=${scene.names.interfaces[0]!.networkInterfaceId}`;
    let restarting = true;
    const acknowledged: string[] = [];
    const packets = { imported: 0 };
    const operators = Promise.all([
      (async () => {
        for (let n = 0; restarting; n++) {
          const vpc = { ...scene.names.vpc, vpcId: `${scene.names.vpc.vpcId}r${n}` };
          const { status } = await insist(api(), 'POST', '/vpcs', vpc);
          expect([201, 202]).toContain(status);
          acknowledged.push(vpc.vpcId);
        }
      })(),
      (async () => {
        for (; restarting; packets.imported++) {
          const capture = numberedCapture(address, packets.imported, packets.imported + 1);
          const { status, body } = await insist<{ entries: number }>(api(), 'POST', imports, capture);
          expect({ status, entries: body.entries }).toEqual({ status: 200, entries: 1 });
        }
      })(),
    ]);
    const ends = await service.restartInTurn();
    restarting = false;
    await operators;

    expect(ends).toEqual([0, 0, 0, 0]);
    expect(acknowledged.length).toBeGreaterThan(3);
    const created = (await events()).filter(
      ({ type, data }) => type === 'VpcCreated' && acknowledged.includes(data.vpcId!),
    );
    expect(created.map(({ data }) => data.vpcId).sort()).toEqual([...acknowledged].sort());
    await eventually(async () =>
      expect(numbersOf(await scene.entries())).toEqual(range(0, packets.imported)),
    );
    expect(await scene.delivery()).toMatchObject({
      deliveredEntries: packets.imported,
      spooledEntries: 0,
      expiredEntries: {},
    });
    await scene.order('stop');
    await scene.untilStatus('Inactive');
    const steps = (await events())
      .filter(({ data }) => data.flowLogId === scene.flowLogId)
      .map(({ type }) => type)
      .filter((type) => type.startsWith('FlowLog'));
    expect(steps.filter((type) => type === 'FlowLogActivated')).toHaveLength(1);
    expect(steps.filter((type) => type === 'FlowLogDeactivated')).toHaveLength(1);
  }, 300_000);
});
