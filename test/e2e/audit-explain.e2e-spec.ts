import { flowledger } from './support/command-line';
import { FlowLogScene } from './support/flow-log-scene';
import { ServiceProcess } from './support/service-process';

interface Explained {
  readonly truncated: boolean;
  readonly commands: readonly {
    readonly command: string;
    readonly actor: string;
    readonly correlationId: string;
    readonly traceId: string | null;
    readonly events: readonly {
      readonly type: string;
      readonly documents: readonly { readonly readModel: string; readonly id: string }[];
      readonly steps: readonly { readonly stream: string; readonly commands: readonly string[] }[];
      readonly caused: Explained['commands'];
    }[];
  }[];
}

describe('a flow log that was created and stopped', () => {
  let service: ServiceProcess;
  let scene: FlowLogScene;
  const trace = '0af7651916cd43dd8448eb211c80319c';

  beforeAll(async () => {
    service = await ServiceProcess.start();
    scene = await FlowLogScene.set(service.api);
    await scene.untilStatus('Active');
    const stop = `/api/v1${scene.path}/stop`;
    await service.api.send('POST', stop, undefined, { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    await scene.untilStatus('Inactive');
  }, 60_000);
  afterAll(() => service.remove());

  it('is explained: what was ordered, what it decided, where it shows and what followed', async () => {
    const { commands, truncated } = await service.api.get<Explained>(`/audit/explain/${scene.flowLogId}`);
    expect(truncated).toBe(false);
    expect(commands.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['CreateFlowLog', 'StopFlowLog']),
    );
    const stop = commands.find(({ command }) => command === 'StopFlowLog')!;
    expect(stop).toMatchObject({
      actor: 'root',
      traceId: trace,
      correlationId: expect.stringMatching(/./) as string,
    });
    const [stopped] = stop.events;
    expect(stopped!.documents).toContainEqual({ readModel: 'flow-log-status', id: scene.flowLogId });
    const created = commands.find(({ command }) => command === 'CreateFlowLog')!;
    const steps = created.events.flatMap((event) => event.steps);
    expect(steps.map(({ stream }) => stream)).toContain(`delivery-${scene.flowLogId}`);
  });

  it('is explained as a tree on the command line', async () => {
    const { code, stdout } = await flowledger(service, 'explain', scene.flowLogId);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${scene.flowLogId}: \\d+ events\n`));
    expect(stdout).toContain(`trace ${trace}/b7ad6b7169203331`);
    expect(stdout).toMatch(/\n {2}→ FlowLogStopped at \d+, .*\n {4}shows in .*flow-log-status\//);
    expect(JSON.parse((await flowledger(service, 'explain', scene.flowLogId, '--json')).stdout)).toEqual(
      await service.api.get(`/audit/explain/${scene.flowLogId}`),
    );
  });

  it('is not all that can be explained: interfaces, projects and VPCs can too', async () => {
    const [networkInterface] = scene.names.interfaces;
    const eni = await service.api.get<Explained>(`/audit/explain/${networkInterface!.networkInterfaceId}`);
    expect(eni.commands.flatMap(({ events }) => events).map(({ type }) => type)).toContain(
      'NetworkInterfaceCreated',
    );
    const project = await service.api.get<Explained>(`/audit/explain/${scene.names.project.projectName}`);
    const types = project.commands.flatMap(({ events }) => events).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['ProjectCreated', 'LogstoreCreated']));
  });

  it('refuses what nothing is known of', async () => {
    const answer = await service.api.send('GET', '/api/v1/audit/explain/fl-none');
    expect(answer).toMatchObject({ status: 404, body: { code: 'NotFound' } });
    expect((await flowledger(service, 'explain', 'fl-none')).code).toBe(1);
  });
});
