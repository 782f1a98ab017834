import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../random';
import type { Cell, ExpectedFlowLog } from './cell';
import type { Door } from './door';
import { nextImport, shownImports } from './imported-entries';
import type { Answer } from './ledger';

const weights = {
  createInterface: 1,
  createFlowLog: 4,
  start: 3,
  stop: 2,
  changeInterval: 2,
  delete: 1,
  import: 4,
  deleteLogstore: 0.4,
};
type Step = keyof typeof weights;

const mostInterfaces = 60;
const accepted = ({ status }: Answer): boolean => status < 300;

/** Works on one cell, one command at a time, and notes what each acknowledgement means. */
export class Operator {
  /** Steps that had nothing to work on, by name. */
  readonly passed = new Map<string, number>();

  constructor(
    private readonly door: Door,
    readonly cell: Cell,
    private readonly random: Random,
    private readonly run: string,
  ) {}

  async setUp(): Promise<void> {
    const { cell, door } = this;
    const { vpcId, vSwitchId, projectName, number } = cell;
    const create = (path: string, body: object, event: string) =>
      door.command({ method: 'POST', path, body, decides: [event] });
    await create('/vpcs', { vpcId, name: 'soak', cidrBlock: `10.${number}.0.0/16` }, 'VpcCreated');
    const cidrBlock = `10.${number}.0.0/18`;
    const vSwitch = { vSwitchId, vpcId, zoneId: 'cn-hangzhou-a', cidrBlock, name: 'soak' };
    await create('/vswitches', vSwitch, 'VSwitchCreated');
    await create('/projects', { projectName, description: '' }, 'ProjectCreated');
    await this.createLogstore();
    for (let count = 0; count < 6; count++) await this.createInterface();
    for (let count = 0; count < 3; count++) await this.createFlowLog();
  }

  async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.step(this.cell.logstore ? this.random.weighted(weights) : this.withoutLogstore());
      await pause(this.random.between(50, 400));
    }
  }

  private withoutLogstore(): Step | 'createLogstore' {
    return this.random.fraction() < 0.15
      ? 'createLogstore'
      : this.random.weighted({ ...weights, deleteLogstore: 0, import: 0 });
  }

  private async step(name: Step | 'createLogstore'): Promise<void> {
    const done = await this[name]();
    if (!done) this.passed.set(name, (this.passed.get(name) ?? 0) + 1);
  }

  private async createInterface(): Promise<boolean> {
    if (this.cell.interfaces.length >= mostInterfaces) return false;
    const created = this.cell.nextInterface(this.run);
    const { networkInterfaceId, address } = created;
    const body = { networkInterfaceId, vSwitchId: this.cell.vSwitchId, privateIpAddresses: [address] };
    const answer = await this.order('POST', '/network-interfaces', ['NetworkInterfaceCreated'], body);
    if (accepted(answer)) this.cell.interfaces.push(created);
    return true;
  }

  private async createFlowLog(): Promise<boolean> {
    const { freeInterfaces, projectName, logstoreName, logstore } = this.cell;
    // Now and then one that is taken: refused, and nothing must come of it.
    const isRefused = freeInterfaces.length === 0 || this.random.fraction() < 0.1;
    const networkInterface = this.random.oneOf(isRefused ? this.cell.interfaces : freeInterfaces);
    const interval = this.random.oneOf([1, 5, 10]);
    const body = {
      name: 'soak',
      resourceType: 'NetworkInterface',
      resourceId: networkInterface.networkInterfaceId,
      trafficType: 'All',
      aggregationInterval: interval,
      projectName,
      logstoreName,
    };
    const answer = await this.order('POST', '/flow-logs', ['FlowLogReserved'], body);
    if (!accepted(answer)) return true;
    const flowLogId = await this.idOf(answer, networkInterface.networkInterfaceId);
    this.cell.flowLogs.push({ flowLogId, networkInterface, status: 'Active', interval, boundTo: logstore });
    return true;
  }

  /** 202 carries a position and no resource yet. */
  private async idOf({ body }: Answer, networkInterfaceId: string): Promise<string> {
    let found = body['flowLogId'];
    for (let rounds = 0; typeof found !== 'string'; rounds++) {
      if (rounds > 1_000) throw new Error(`An acknowledged flow log on ${networkInterfaceId} never showed`);
      if (rounds > 0) await pause(200);
      const path = `/flow-logs?limit=1&resourceId=${networkInterfaceId}`;
      const [item] = (await this.door.get(path)).body['items'] as { flowLogId: string }[];
      const known = this.cell.flowLogs.some(({ flowLogId }) => flowLogId === item?.flowLogId);
      found = known ? undefined : item?.flowLogId;
    }
    return found;
  }

  private async start(): Promise<boolean> {
    const flowLog = this.any(this.cell.present);
    if (!flowLog) return false;
    const answer = await this.order('POST', `/flow-logs/${flowLog.flowLogId}/start`, ['FlowLogStarted']);
    if (accepted(answer)) Object.assign(flowLog, { status: 'Active', boundTo: this.cell.logstore });
    return true;
  }

  private async stop(): Promise<boolean> {
    const flowLog = this.any(this.cell.present);
    if (!flowLog || !(await this.everythingArrived())) return false;
    const answer = await this.order('POST', `/flow-logs/${flowLog.flowLogId}/stop`, ['FlowLogStopped']);
    if (accepted(answer)) flowLog.status = 'Inactive';
    return true;
  }

  private async changeInterval(): Promise<boolean> {
    const flowLog = this.any(this.cell.present);
    if (!flowLog) return false;
    const aggregationInterval = this.random.oneOf(
      [1, 5, 10].filter((minutes) => minutes !== flowLog.interval),
    );
    const decides = ['FlowLogIntervalChanged'];
    const answer = await this.order('PATCH', `/flow-logs/${flowLog.flowLogId}`, decides, {
      aggregationInterval,
    });
    if (accepted(answer)) flowLog.interval = aggregationInterval;
    return true;
  }

  private async delete(): Promise<boolean> {
    const flowLog = this.any(this.cell.present);
    if (!flowLog || !(await this.everythingArrived())) return false;
    const answer = await this.order('DELETE', `/flow-logs/${flowLog.flowLogId}`, ['FlowLogDeletionStarted']);
    if (accepted(answer)) flowLog.status = 'Gone';
    return true;
  }

  private async createLogstore(): Promise<boolean> {
    const { logstoresPath, logstoreName, logstores } = this.cell;
    const answer = await this.order('POST', logstoresPath, ['LogstoreCreated'], { logstoreName });
    if (accepted(answer)) logstores.push({ present: true, entries: [] });
    return true;
  }

  /** The silent stop of every flow log that is bound to it. */
  private async deleteLogstore(): Promise<boolean> {
    const { logstore, logstorePath } = this.cell;
    if (!logstore || !(await this.everythingArrived())) return false;
    const answer = await this.order('DELETE', logstorePath, ['LogstoreDeleted']);
    if (accepted(answer)) logstore.present = false;
    return true;
  }

  private async import(): Promise<boolean> {
    const flowLog = this.any(this.cell.delivering);
    if (!flowLog?.boundTo) return false;
    const { body } = await this.door.get(`/flow-logs/${flowLog.flowLogId}`);
    const delivery = body['delivery'] as { state: string } | undefined;
    if (body['status'] !== 'Active' || delivery?.state !== 'Delivering') return false;
    const { capture, entries } = nextImport(flowLog);
    const path = `/captures?networkInterfaceId=${flowLog.networkInterface.networkInterfaceId}`;
    const answer = await this.order('POST', path, [], capture);
    if (accepted(answer)) flowLog.boundTo.entries.push(...entries);
    return true;
  }

  /** Entries on their way belong to nobody's expectation once their flow log or logstore goes. */
  private async everythingArrived(): Promise<boolean> {
    const { logstore } = this.cell;
    if (!logstore) return true;
    for (let rounds = 0; rounds < 20; rounds++) {
      const shown = new Set(await shownImports(this.door, this.cell).catch(() => []));
      if (logstore.entries.every((entry) => shown.has(entry))) return true;
      await pause(500);
    }
    return false;
  }

  private any(flowLogs: readonly ExpectedFlowLog[]): ExpectedFlowLog | undefined {
    return flowLogs.length === 0 ? undefined : this.random.oneOf(flowLogs);
  }

  private order(method: string, path: string, decides: readonly string[], body?: unknown): Promise<Answer> {
    return this.door.command({ method, path, decides, ...(body !== undefined && { body }) });
  }
}
