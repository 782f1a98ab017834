import { randomUUID } from 'node:crypto';
import type { DeliveryReportJson, FlowLogJson } from '../../../apps/api/src/presentation';
import type { ApiClient } from './api-client';
import { eventually } from './eventually';
import { firstSecond, lastSecond, numberedCapture } from './traffic';
import type { LogEntry } from './traffic';

let scenes = 0;

/** Names that no other scene, run or service on the same stores has. */
export function newNames() {
  const suffix = randomUUID().slice(0, 8);
  const block = `10.${++scenes}`;
  const [vpcId, vSwitchId] = [`vpc-${suffix}`, `vsw-${suffix}`];
  return {
    vpc: { vpcId, name: 'story', cidrBlock: `${block}.0.0/16` },
    vSwitch: { vSwitchId, vpcId, zoneId: 'cn-hangzhou-a', cidrBlock: `${block}.1.0/24`, name: 'story' },
    interfaces: [10, 11].map((host) => ({
      networkInterfaceId: `eni-${suffix}${host}`,
      vSwitchId,
      privateIpAddresses: [`${block}.1.${host}`],
      instanceId: `i-${suffix}${host}`,
      instanceType: 'ecs.g6.large',
    })),
    project: { projectName: `prj-${suffix}`, description: '' },
    logstore: { logstoreName: 'entries' },
    flowLog: {
      name: 'story',
      resourceType: 'VPC',
      resourceId: vpcId,
      trafficType: 'All',
      aggregationInterval: 1,
      projectName: `prj-${suffix}`,
      logstoreName: 'entries',
    },
  };
}

export type Names = ReturnType<typeof newNames>;

/** What an operator does around one VPC, by REST. */
export class FlowLogScene {
  flowLogId = '';

  constructor(
    private readonly api: ApiClient,
    readonly names: Names = newNames(),
  ) {}

  /** VPC, vSwitch, two ENIs, project, logstore, and a flow log that is Active. */
  static async set(api: ApiClient): Promise<FlowLogScene> {
    const scene = new FlowLogScene(api);
    await scene.build();
    await scene.createFlowLog();
    return scene;
  }

  async build(): Promise<void> {
    const { vpc, vSwitch, interfaces, project } = this.names;
    await this.api.post('/vpcs', vpc);
    await this.api.post('/vswitches', vSwitch);
    for (const networkInterface of interfaces) await this.api.post('/network-interfaces', networkInterface);
    await this.api.post('/projects', project);
    await this.createLogstore();
  }

  async createFlowLog(settings: object = {}): Promise<string> {
    const body = { ...this.names.flowLog, ...settings };
    const { status, headers } = await this.api.send<FlowLogJson>('POST', '/api/v1/flow-logs', body);
    // 202 names no more than where it will be: the read models are behind.
    expect([201, 202]).toContain(status);
    const flowLogId = headers.get('location')!.split('/').at(-1)!;
    await this.untilStatus('Active', flowLogId);
    this.flowLogId ||= flowLogId;
    return flowLogId;
  }

  createLogstore = () => this.api.post(`${this.projectPath}/logstores`, this.names.logstore);
  deleteLogstore = () => this.api.delete(this.logstorePath);
  deleteProject = () => this.api.delete(this.projectPath);
  order = (order: 'start' | 'stop') => this.api.post<FlowLogJson>(`${this.path}/${order}`);
  flowLog = (id = this.flowLogId) => this.api.get<FlowLogJson>(`/flow-logs/${id}`);
  delivery = () => this.api.get<DeliveryReportJson>(`${this.path}/delivery`);

  get path(): string {
    return `/flow-logs/${this.flowLogId}`;
  }

  get projectPath(): string {
    return `/projects/${this.names.project.projectName}`;
  }

  get logstorePath(): string {
    return `${this.projectPath}/logstores/${this.names.logstore.logstoreName}`;
  }

  /** Imports the packets with these numbers on one of the two interfaces. */
  import(from: number, to: number, networkInterface = this.names.interfaces[0]!) {
    return this.upload(numberedCapture(networkInterface.privateIpAddresses[0]!, from, to), networkInterface);
  }

  upload(capture: Uint8Array, networkInterface = this.names.interfaces[0]!) {
    const query = `networkInterfaceId=${networkInterface.networkInterfaceId}`;
    return this.api.post<{ entries: number }>(`/captures?${query}`, capture);
  }

  /** What the logstore holds of imported captures, in the order it shows it. */
  async entries(query = '*'): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    for (;;) {
      const page = await this.api.get<{ entries: LogEntry[] }>(
        `${this.logstorePath}/logs?from=${firstSecond}&to=${lastSecond}&limit=1000` +
          `&offset=${entries.length}&query=${encodeURIComponent(query)}`,
      );
      entries.push(...page.entries);
      if (page.entries.length < 1_000) return entries;
    }
  }

  untilStatus(status: FlowLogJson['status'], id = this.flowLogId): Promise<FlowLogJson> {
    return eventually(async () => {
      const flowLog = await this.flowLog(id);
      expect(flowLog.status).toBe(status);
      return flowLog;
    });
  }

  untilGone(id = this.flowLogId): Promise<void> {
    return eventually(() =>
      expect(this.flowLog(id)).rejects.toMatchObject({ status: 404, code: 'FlowLogNotFound' }),
    );
  }

  untilDelivery(expected: object): Promise<DeliveryReportJson> {
    return eventually(async () => {
      const delivery = await this.delivery();
      expect(delivery).toMatchObject(expected);
      return delivery;
    });
  }
}
