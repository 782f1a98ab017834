import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(__dirname, '..', '..', 'dist', 'apps', 'cli', 'src', 'main.js');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Step {
  readonly event: { readonly type: string; readonly position: string; readonly actor: string };
  readonly flowLog: { readonly status: string } | null;
}

const directory = mkdtempSync(join(tmpdir(), 'flowledger-cli-'));
const environment = {
  ...process.env,
  FLOWLEDGER_DATA_DIR: join(directory, 'data'),
  FLOWLEDGER_PORT: '0',
  FLOWLEDGER_LOG_FORMAT: 'json',
};

function flowledger(operands: string, more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...environment, ...more };
    execFile(process.execPath, [program, ...operands.split(' ')], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });
}

/** The address in the ready line. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const { msg, http } = JSON.parse(text) as { msg?: string; http?: string };
      if (msg === 'ready' && http) resolve(http);
    });
  });
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('an operator with the command line alone', () => {
  let service: ChildProcess;
  let url: NodeJS.ProcessEnv;
  const done = async (operands: string) => {
    const { code, stdout, stderr } = await flowledger(operands, url);
    expect({ operands, code, stderr: code === 0 ? '' : stderr }).toEqual({ operands, code: 0, stderr: '' });
    return stdout.trim();
  };
  const told = async <Answer>(operands: string) => JSON.parse(await done(`${operands} --json`)) as Answer;

  beforeAll(async () => {
    service = spawn(process.execPath, [program, 'start'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    url = { FLOWLEDGER_URL: await ready(service) };
  }, 60_000);
  afterAll(() => service.kill('SIGKILL'));

  it('creates, watches, stops, replays, backs up and restores', async () => {
    const vpc = await done('network vpcs create --cidr 10.0.0.0/16 --name shop');
    const vSwitch = await done(
      `network vswitches create --vpc ${vpc} --zone cn-hangzhou-h --cidr 10.0.1.0/24`,
    );
    await done(
      `network enis create --vswitch ${vSwitch} --address 10.0.1.5 --instance i-1 --instance-type ecs.n4.large`,
    );
    await done('projects create audit');
    await done('logstores create audit traffic --ttl 30');
    const { flowLogId, status } = await told<{ flowLogId: string; status: string }>(
      `flow-logs create --resource-type VPC --resource ${vpc} --project audit --logstore traffic --interval 1 --wait`,
    );
    expect(status).toBe('Active');
    expect(await told(`flow-logs scope ${flowLogId}`)).toMatchObject([
      { included: false, reason: 'InstanceFamilyNotSupported' },
    ]);
    await done(`flow-logs stop ${flowLogId} --wait`);

    const { steps } = await told<{ steps: Step[] }>(`audit replay ${flowLogId}`);
    const activated = steps.find(({ event }) => event.type === 'FlowLogActivated')!;
    expect(activated.flowLog).toMatchObject({ status: 'Active' });
    expect(steps.at(-1)!.flowLog).toMatchObject({ status: 'Inactive' });
    const then = await told<{ flowLog: { status: string } }>(
      `audit replay ${flowLogId} --as-of ${activated.event.position}`,
    );
    expect(then.flowLog.status).toBe('Active');

    expect(await flowledger(`flow-logs stop ${flowLogId}`, url)).toMatchObject({ code: 1, stdout: '' });
    expect((await flowledger(`doctor --data ${environment.FLOWLEDGER_DATA_DIR}`)).stderr).toMatch(/in use/);

    const backup = join(directory, 'backup');
    await done(`backup ${backup}`);
    const restored = { FLOWLEDGER_DATA_DIR: join(directory, 'restored') };
    expect(await flowledger(`restore ${backup}`, restored)).toMatchObject({ code: 0 });
    expect(await flowledger(`doctor --data ${restored.FLOWLEDGER_DATA_DIR}`)).toMatchObject({ code: 0 });
  }, 120_000);

  it('finds the service gone once it was asked to stop, and its data whole', async () => {
    const { FLOWLEDGER_DATA_DIR: data } = environment;
    const end = ended(service);
    service.kill('SIGTERM');
    expect(await end).toBe(0);
    expect(await flowledger('flow-logs list', url)).toMatchObject({ code: 69, stdout: '' });
    expect(await flowledger(`doctor --data ${data}`)).toMatchObject({ code: 0 });
  }, 60_000);
});
