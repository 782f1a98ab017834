import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { flowledger, runNode } from './support/command-line';
import { FlowLogScene } from './support/flow-log-scene';
import { ServiceProcess } from './support/service-process';

const verifier = resolve(__dirname, '../../scripts/verify-audit-bundle.mjs');

interface Verdict {
  readonly verified: boolean;
  readonly events: number;
  readonly event: { stream: string; revision: string; position: string } | null;
}

describe('an audit bundle of a service in use', () => {
  let service: ServiceProcess;
  let scene: FlowLogScene;
  let lines: string[];
  const file = (name: string) => join(service.directory, name);
  const verdict = async (name: string, ...more: string[]) => {
    const { code, stdout } = await runNode([verifier, '--json', ...more, file(name)]);
    return { code, ...(JSON.parse(stdout) as Verdict) };
  };
  const verdictOf = async (changed: readonly string[] | Buffer) => {
    writeFileSync(file('changed'), Buffer.isBuffer(changed) ? changed : changed.join('\n') + '\n');
    return verdict('changed');
  };
  /** Of the event in the n-th pair; its entry is in line 1 + 2n, it in the next. */
  const identity = (n: number) => {
    const { stream, revision, position } = JSON.parse(lines[2 + 2 * n]!) as Record<string, string>;
    return { stream, revision, position };
  };
  const without = (...numbers: number[]) => lines.filter((_, index) => !numbers.includes(index));

  beforeAll(async () => {
    service = await ServiceProcess.start({ FLOWLEDGER_AUDIT_CHECKPOINT_EVENTS: '5' });
    scene = await FlowLogScene.set(service.api);
    const exported = await flowledger(service, 'audit', 'export', '--all', '--out', file('all'));
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    lines = readFileSync(file('all'), 'utf8').trimEnd().split('\n');
  }, 60_000);
  afterAll(() => service.remove());

  it('is verified by the standalone program, against the key that the service shows', async () => {
    const { keyId } = await service.api.get<{ keyId: string }>('/audit/key');
    const found = await verdict('all', '--key', keyId);
    expect(found).toMatchObject({ code: 0, verified: true, asOf: null });
    expect(found.events).toBe((lines.length - 2) / 2);
    expect(found.events).toBeGreaterThan(10);
    expect(await verdict('all', '--key', '0000000000000000')).toMatchObject({ code: 1, verified: false });
    expect(statSync(join(service.directory, 'audit-key.pem')).mode & 0o777).toBe(0o600);
  });

  it('is verified by the command line', async () => {
    const { code, stdout } = await flowledger(service, 'audit', 'verify', file('all'));
    expect(stdout).toMatch(/^verified: \d+ events of \d+ streams, /);
    expect(code).toBe(0);
  });

  it('names the event in which one byte was changed', async () => {
    const bytes = Buffer.from(lines.join('\n'));
    const offset = lines.slice(0, 14).join('\n').length + 40;
    bytes[offset]! ^= 1;
    expect(await verdictOf(bytes)).toMatchObject({ code: 1, verified: false, event: identity(6) });
  });

  it('names the event that was removed', async () => {
    expect(await verdictOf(without(9, 10))).toMatchObject({ code: 1, event: identity(4) });
    expect(await verdictOf(without(10))).toMatchObject({ code: 1, event: identity(4) });
  });

  it('names the first of two that were swapped, and the first of those in another order', async () => {
    const swapped = [...lines];
    [swapped[6], swapped[12]] = [lines[12]!, lines[6]!];
    expect(await verdictOf(swapped)).toMatchObject({ code: 1, event: identity(2) });
    const moved = [...without(7, 8).slice(0, 11), lines[7]!, lines[8]!, ...without(7, 8).slice(11)];
    expect(await verdictOf(moved)).toMatchObject({ code: 1, event: identity(3) });
  });

  it('holds one stream, up to a moment, with the same proof', async () => {
    const stream = `flowLog-${scene.flowLogId}`;
    const words = ['audit', 'export', '--stream', stream, '--out', file('one'), '--as-of', '1000000'];
    expect((await flowledger(service, ...words)).code).toBe(0);
    expect(await verdict('one')).toMatchObject({ code: 0, verified: true, streams: 1, asOf: '1000000' });
    expect((await flowledger(service, ...words)).code).toBe(1);
    const none = ['audit', 'export', '--stream', 'flowLog-none', '--out', file('none')];
    expect(await flowledger(service, ...none)).toMatchObject({ code: 1, stdout: '' });
  });

  it('is for administrators, and a wrong call is a usage error', async () => {
    const { token } = await service.api.post<{ token: string }>('/tokens', { name: 'ro', role: 'operator' });
    const answer = await fetch(`${service.api.url}/api/v1/audit/bundle`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(403);
    expect((await flowledger(service, 'audit', 'export', '--out', file('x'))).code).toBe(2);
    expect((await runNode([verifier])).code).toBe(2);
    expect((await runNode([verifier, file('absent')])).code).toBe(2);
  });

  it('goes on after a restart, and an earlier bundle is still verified', async () => {
    await service.end('SIGTERM');
    await service.start();
    await scene.order('stop');
    expect((await flowledger(service, 'audit', 'export', '--all', '--out', file('later'))).code).toBe(0);
    const later = await verdict('later');
    expect(later).toMatchObject({ code: 0, verified: true });
    expect(later.events).toBeGreaterThan((lines.length - 2) / 2);
    expect(await verdict('all')).toMatchObject({ code: 0, verified: true });
  });
});
