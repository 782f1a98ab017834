import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { FlowLogJson } from '../../apps/api/src/presentation';
import { FlowLogScene } from './support/flow-log-scene';
import { ServiceProcess } from './support/service-process';

const cli = resolve(__dirname, '../../dist/apps/cli/src/main.js');

interface AuditEvent {
  readonly position: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly command: string;
  readonly correlationId: string;
  readonly causationId: string;
}

interface Replay {
  readonly steps: readonly { event: AuditEvent }[];
  readonly flowLog: FlowLogJson;
}

describe('the trail of a flow log that ran, stopped silently, came back and was deleted', () => {
  let service: ServiceProcess;
  let scene: FlowLogScene;
  let events: AuditEvent[];
  let asItRan: FlowLogJson;
  const at = (type: string) => events.find((event) => event.type === type)!;
  const asOf = (moment: string) =>
    service.api.get<FlowLogJson>(`${scene.path}?asOf=${encodeURIComponent(moment)}`);
  const replayed = async (...more: string[]): Promise<Replay> => {
    const environment = { PATH: process.env.PATH, ...service.settings, FLOWLEDGER_URL: service.api.url };
    const settings = { env: { ...environment, FLOWLEDGER_TOKEN: service.settings.FLOWLEDGER_ROOT_TOKEN } };
    const words = [cli, 'audit', 'replay', scene.flowLogId, '--json', ...more];
    const { stdout } = await promisify(execFile)(process.execPath, words, settings);
    return JSON.parse(stdout) as Replay;
  };

  beforeAll(async () => {
    service = await ServiceProcess.start();
    scene = await FlowLogScene.set(service.api);
    await scene.import(0, 2);
    asItRan = await scene.flowLog();
    await scene.deleteLogstore();
    await scene.untilDelivery({ delivery: { state: 'Stopped' } });
    await scene.createLogstore();
    await scene.order('start');
    await scene.untilDelivery({ delivery: { state: 'Delivering' } });
    await scene.order('stop');
    await scene.untilStatus('Inactive');
    await service.api.delete(scene.path);
    await scene.untilGone();
    events = await service.api.list<AuditEvent>(`${scene.path}/events`);
  }, 60_000);
  afterAll(() => service.remove());

  it('names who did what by which command, in the order of the log', () => {
    const steps = events.map(({ type, actor, command }) => `${actor} ${command} ${type}`);
    const told = [
      'root CreateFlowLog FlowLogReserved',
      'root CreateFlowLog FlowLogCreated',
      'system:delivery ActivateFlowLog FlowLogActivated',
      'root DeleteLogstore LogstoreDeleted',
      'system:delivery StopDelivery DeliveryStopped',
      'root StartFlowLog FlowLogStarted',
      'system:delivery ActivateFlowLog FlowLogActivated',
      'root StopFlowLog FlowLogStopped',
      'system:delivery DeactivateFlowLog FlowLogDeactivated',
      'root DeleteFlowLog FlowLogDeletionStarted',
    ];
    expect(steps.filter((step) => told.includes(step))).toEqual(told);
    expect(events.map(({ type }) => type)).toContain('FlowLogDeleted');
    const positions = events.map(({ position }) => BigInt(position));
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    for (const event of events) {
      expect(event).toMatchObject({
        revision: expect.any(Number) as number,
        recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
        correlationId: expect.stringMatching(/./) as string,
        causationId: expect.stringMatching(/./) as string,
      });
    }
  });

  it('shows the flow log as it was before the deletion, by position and by time', async () => {
    const activated = at('FlowLogActivated');
    const before = { ...asItRan, delivery: { ...asItRan.delivery, spooledEntries: null } };
    expect(await asOf(activated.position)).toEqual(before);
    const { position, recordedAt } = at('LogstoreDeleted');
    const justBefore = new Date(Date.parse(recordedAt) - 1).toISOString();
    expect(await asOf(justBefore)).toEqual(before);
    expect(await asOf(position)).toMatchObject({ delivery: { state: 'Delivering' } });
    expect(await asOf(at('DeliveryStopped').position)).toMatchObject({
      status: 'Active',
      deliverStatus: 'SUCCESS',
      delivery: { state: 'Stopped', reason: 'LogstoreDeleted', spooledEntries: null },
    });
    expect(await asOf(at('FlowLogDeletionStarted').position)).toMatchObject({ status: 'Deleting' });
  });

  it('knows no flow log before it was created, and none after it was deleted', async () => {
    const refusal = { status: 404, code: 'FlowLogNotFound' };
    await expect(asOf(at('FlowLogReserved').position)).rejects.toMatchObject(refusal);
    await expect(asOf(at('FlowLogDeleted').position)).rejects.toMatchObject(refusal);
  });

  it('is replayed by the command line, up to a moment', async () => {
    const { position } = at('LogstoreDeleted');
    const { steps, flowLog } = await replayed('--as-of', `${BigInt(position) - 1n}`);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.every(({ event }) => BigInt(event.position) < BigInt(position))).toBe(true);
    expect(flowLog).toMatchObject({ status: 'Active', delivery: { state: 'Delivering' } });
    expect((await replayed()).flowLog).toBeNull();
  });
});
