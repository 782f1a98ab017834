import { eventually } from './support/eventually';
import { startService } from './support/rest-client';
import type { RestClient } from './support/rest-client';

interface Signal {
  readonly name: string;
  readonly of?: string;
  readonly state: string;
}

describe('the health of a running service', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let client: RestClient;
  const signals = async () => (await client.get('/api/v1/health')).body.signals as Signal[];

  beforeAll(async () => {
    service = await startService({ FLOWLEDGER_MAX_COMMANDS_IN_FLIGHT: '1' });
    client = service.client;
  });
  afterAll(() => service.stop());

  it('is told whole to whoever has a token, and to nobody else', async () => {
    expect((await client.get('/api/v1/health', { token: null })).status).toBe(401);
    const names = await eventually(async () => {
      const { body } = await client.get('/api/v1/health');
      expect(body.state).toBe('green');
      return (body.signals as Signal[]).map(({ name, of }) => (of ? `${name} ${of}` : name));
    });
    expect(names).toEqual(
      expect.arrayContaining([
        'head-probe-age',
        'lag projections',
        'owner projections',
        'lag process-managers',
        'owner process-managers',
        'blocked-processes process-managers',
        'parked',
        'faults unhandled rejection',
        'spool',
      ]),
    );
  });

  it('measures how long an event takes to show', async () => {
    expect((await client.post('/api/v1/vpcs', { name: 'a', cidrBlock: '10.0.0.0/8' })).status).toBe(201);
    await eventually(async () => {
      expect((await signals()).map(({ name }) => name)).toContain('append-to-visible');
    });
  });

  it('is alive and ready without a token', async () => {
    expect((await client.get('/health/live', { token: null })).body).toEqual({ live: true, problems: [] });
    expect((await client.get('/health/ready', { token: null })).status).toBe(200);
  });

  it('shows as metrics', async () => {
    const { text } = await client.get('/metrics');
    expect(text).toMatch(/^flowledger_consumer_owned\{consumer="projections"\} 1$/m);
    expect(text).toMatch(/^flowledger_health_red\{signal="lag",of="projections"\} 0$/m);
  });

  it('keeps out commands that would only wait, by both doors, while queries go on', async () => {
    const create = (n: number) => client.post('/api/v1/vpcs', { name: `b${n}`, cidrBlock: '10.0.0.0/8' });
    const mutation = {
      query: 'mutation { createVpc(input: { name: "c", cidrBlock: "10.0.0.0/8" }) { position } }',
    };
    const [query, graphql, ...answers] = await Promise.all([
      client.get('/api/v1/vpcs'),
      client.post('/graphql', mutation),
      ...Array.from({ length: 20 }, (_, n) => create(n)),
    ]);
    expect(query.status).toBe(200);
    expect([200, 429]).toContain(graphql.status);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({
      headers: { 'retry-after': '1' },
      body: { code: 'TooManyCommands', reason: 'in-flight', value: 1, limit: 1, unit: 'commands' },
    });
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    const { text } = await client.get('/metrics');
    expect(text).toMatch(/^flowledger_commands_refused\{reason="in-flight"\} [1-9]/m);
    expect(text).toMatch(/^flowledger_commands_in_flight 0$/m);
  });
});
