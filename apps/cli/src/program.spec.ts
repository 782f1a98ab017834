import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Screen, ScriptedService } from '../testing/scripted-service';
import type { Answer, Received } from '../testing/scripted-service';
import { run } from './program';

const flowLog = {
  flowLogId: 'fl-1',
  name: 'edge',
  resourceId: 'vpc-1',
  trafficType: 'All',
  trafficPath: ['all'],
  aggregationInterval: 1,
  projectName: 'audit',
  logstoreName: 'traffic',
  status: 'Active',
  deliverStatus: 'SUCCESS',
  deliverErrorMessage: '',
  delivery: {
    state: 'Stopped',
    since: '2026-08-05T10:00:00Z',
    reason: 'LogstoreDeleted',
    spooledEntries: 12,
  },
  tags: [],
};

describe('the command line', () => {
  let service: ScriptedService;
  let answer: (request: Received) => Answer;
  let screen: Screen;

  beforeEach(async () => {
    answer = () => ({ body: { items: [flowLog], nextCursor: null } });
    service = await ScriptedService.start((request) => answer(request));
    screen = new Screen(service.url);
  });
  afterEach(() => service.stop());

  it('lists flow logs for people, label and honest state side by side', async () => {
    expect(await run(screen, ['flow-logs', 'list', '--vpc', 'vpc-1'])).toBe(0);
    expect(service.received[0]!.url).toBe('/api/v1/flow-logs?vpcId=vpc-1&limit=100');
    expect(screen.stdout.split('\n')[1]).toMatch(/SUCCESS +Stopped \(LogstoreDeleted\) +12$/);
  });

  it('writes nothing but JSON to standard output when asked, wherever the option stands', async () => {
    expect(await run(screen, ['flow-logs', 'list', '--json'])).toBe(0);
    answer = () => ({ body: flowLog });
    const second = new Screen(service.url);
    expect(await run(second, ['--json', 'flow-logs', 'show', 'fl-1'])).toBe(0);
    expect(JSON.parse(screen.stdout)).toEqual([flowLog]);
    expect(JSON.parse(second.stdout)).toEqual(flowLog);
  });

  it('sends only what was given of a creation', async () => {
    answer = () => ({ status: 201, body: flowLog });
    const operands =
      'flow-logs create --resource-type VPC --resource vpc-1 --project audit --logstore traffic';
    expect(await run(screen, `${operands} --interval 1 --tag env=prod --idempotency-key k1`.split(' '))).toBe(
      0,
    );
    const [{ body, headers }] = service.received as [Received];
    expect(JSON.parse(body)).toEqual({
      resourceType: 'VPC',
      resourceId: 'vpc-1',
      projectName: 'audit',
      logstoreName: 'traffic',
      trafficType: 'All',
      aggregationInterval: 1,
      tags: [{ key: 'env', value: 'prod' }],
    });
    expect(headers['idempotency-key']).toBe('k1');
  });

  it('tells a refusal on standard error and ends with 1', async () => {
    answer = () => ({
      status: 409,
      body: { title: 'Target missing', code: 'TargetMissing', detail: 'recreate it' },
    });
    expect(await run(screen, ['flow-logs', 'start', 'fl-1'])).toBe(1);
    expect(screen).toMatchObject({ stdout: '', stderr: 'Target missing: recreate it\n' });
  });

  it.each([
    [['flow-logs', 'list', '--nonsense']],
    [['flow-logs', 'show']],
    [['flow-logs']],
    [['simulate', 'start', '--seed', 'x']],
    [['nonsense']],
  ])('ends with 2 after %j', async (operands) => {
    expect(await run(screen, operands)).toBe(2);
    expect(service.received).toEqual([]);
  });

  it('helps on every level, with an example', async () => {
    expect(await run(screen, ['capture', 'import', '--help'])).toBe(0);
    expect(screen.stdout).toContain('$ flowledger capture import morning.pcap');
  });

  it('ends with 78 without a token', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'flowledger-cli-'));
    const bare = new Screen(service.url, { FLOWLEDGER_TOKEN: '', FLOWLEDGER_DATA_DIR: directory });
    expect(await run(bare, ['flow-logs', 'list'])).toBe(78);
    expect(bare.stderr).toContain('FLOWLEDGER_TOKEN');
  });

  it('imports a file under the key of its hash, so twice is once', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'flowledger-cli-')), 'a.pcap');
    writeFileSync(file, 'packets');
    answer = () => ({ body: { packets: 1, flows: 1, entries: 1, skipped: {}, truncatedAt: null } });
    const operands = ['capture', 'import', file, '--network-interface', 'eni-1'];
    for (const more of [[], [], ['--again']]) expect(await run(screen, [...operands, ...more])).toBe(0);
    const [first, second, again] = service.received.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^capture-[0-9a-f]{64}$/);
    expect(second).toBe(first);
    expect(again).not.toBe(first);
    expect(service.received[0]).toMatchObject({
      url: '/api/v1/captures?networkInterfaceId=eni-1',
      body: 'packets',
    });
  });

  it('creates in a project what belongs to it', async () => {
    answer = () => ({ status: 201, body: { logstoreName: 'traffic', ttl: 30 } });
    expect(await run(screen, ['logstores', 'create', 'audit', 'traffic', '--ttl', '30'])).toBe(0);
    expect(service.received[0]).toMatchObject({
      url: '/api/v1/projects/audit/logstores',
      body: '{"logstoreName":"traffic","ttl":30}',
    });
    expect(screen.stdout).toBe('traffic\n');
  });
});
