import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { flowledger, runNode } from './support/command-line';
import { FlowLogScene } from './support/flow-log-scene';
import { ServiceProcess } from './support/service-process';

const verifier = resolve(__dirname, '../../scripts/verify-audit-bundle.mjs');
/** Nobody else's name, nor a part of any other word. */
const person = 'Zebediah-Quux';
const erased = { name: 'erased', description: 'erased' };

/** R47: a rebuild after the keys were destroyed contains no plain text, and shows "erased" deterministically. */
describe('a service that was told to forget a person', () => {
  let service: ServiceProcess;
  let scene: FlowLogScene;
  let tokenId: string;
  const file = (name: string) => join(service.directory, name);
  /** Files of the data directory that hold the name in plain text. */
  const files = () =>
    readdirSync(service.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => readFileSync(path).includes(person));
  const erase = (subject: string) => flowledger(service, 'erase', subject);
  const shown = async () => ({
    flowLog: await service.api.get(scene.path),
    vpc: await service.api.get('/vpcs/vpc-forgotten'),
    project: await service.api.get('/projects/forgotten'),
    token: (await service.api.list<{ tokenId: string }>('/tokens')).find(
      (token) => token.tokenId === tokenId,
    ),
    events: JSON.stringify(await service.api.list(`${scene.path}/events`)),
    all: JSON.stringify(await service.api.list('/events')),
  });
  const subjects = () => [
    `flowLog-${scene.flowLogId}`,
    'vpc-vpc-forgotten',
    'project-forgotten',
    `token-${tokenId}`,
  ];

  beforeAll(async () => {
    service = await ServiceProcess.start();
    const { api } = service;
    scene = await FlowLogScene.set(api);
    const text = { name: person, description: `belongs to ${person}` };
    await api.post('/vpcs', { vpcId: 'vpc-forgotten', cidrBlock: '10.250.0.0/16', ...text }, 'key-1');
    await api.post('/projects', { projectName: 'forgotten', description: text.description }, 'key-2');
    ({ tokenId } = await api.post<{ tokenId: string }>('/tokens', { name: person, role: 'reader' }));
    await api.call('PATCH', scene.path, text, 'key-3');
    expect(JSON.stringify(await shown())).toContain(person);
    expect((await flowledger(service, 'audit', 'export', '--all', '--out', file('before'))).code).toBe(0);
  }, 60_000);
  afterAll(() => service.remove());

  it('keeps the name in its read models only', () => {
    expect(
      files().map((path) => path.slice(service.directory.length + 1).replace(/-(wal|journal)$/, '')),
    ).toEqual(expect.not.arrayContaining(['events.db', 'keys.db', 'before', 'log-store.db']) as string[]);
  });

  it('forgets at once, wherever it shows', async () => {
    for (const subject of subjects()) expect(await erase(subject)).toMatchObject({ code: 0, stderr: '' });
    const now = await shown();
    expect(JSON.stringify(now)).not.toContain(person);
    expect(now).toMatchObject({ flowLog: erased, vpc: erased, project: { description: 'erased' } });
    expect(now.token).toMatchObject({ name: 'erased' });
    expect(now.all).toContain('SubjectErased');
  });

  it('answers a repeated request as it did, without the name', async () => {
    const text = { name: person, description: `belongs to ${person}` };
    const body = { vpcId: 'vpc-forgotten', cidrBlock: '10.250.0.0/16', ...text };
    const answer = await service.api.send('POST', '/api/v1/vpcs', body, { 'idempotency-key': 'key-1' });
    expect(answer).toMatchObject({ status: 201, body: erased });
  });

  it('says so when a subject was erased before, and when there is none', async () => {
    expect((await erase('vpc-vpc-forgotten')).stdout).toContain('it had been erased before');
    expect(await erase('vpc-none')).toMatchObject({ code: 1, stdout: '' });
  });

  it('holds no plain text after a rebuild, and shows the same', async () => {
    const before = await shown();
    await service.end('SIGTERM');
    for (const name of readdirSync(service.directory)) {
      if (name.startsWith('read-models')) rmSync(file(name));
    }
    expect(files()).toEqual([]);
    await service.start();
    expect(await shown()).toEqual(before);
    expect(files()).toEqual([]);
  });

  it('still proves its log: the bundle from before, and one of now', async () => {
    expect((await flowledger(service, 'audit', 'export', '--all', '--out', file('after'))).code).toBe(0);
    for (const bundle of ['before', 'after']) {
      expect(await runNode([verifier, file(bundle)])).toMatchObject({ code: 0 });
    }
    expect(readFileSync(file('after'), 'utf8')).not.toContain(person);
  });

  it('is for administrators only', async () => {
    const { token } = await service.api.post<{ token: string }>('/tokens', { name: 'op', role: 'operator' });
    const answer = await fetch(`${service.api.url}/api/v1/erasures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ subject: 'vpc-vpc-forgotten' }),
    });
    expect(answer.status).toBe(403);
  });
});
