import type { EventStore, RecordedEvent } from '@flowledger/event-sourcing';
import type { PlannedInterface } from '@flowledger/flow-record';
import { flowLogStream } from '@flowledger/flow-log';
import type { FlowLogEvent } from '@flowledger/flow-log';
import { networkStream } from '@flowledger/network';
import type { NetworkEvent } from '@flowledger/network';
import { periodsOf } from './domain/schedule';
import type { ScopeFlowLog, ScopeInterface } from './domain/scope';
import { scopeFlowLogsProjection } from './projections/scope-flow-logs.projection';
import { scopeInterfacesProjection } from './projections/scope-interfaces.projection';

interface InterfaceVersion {
  /** Unix seconds. */
  readonly from: number;
  /** Undefined from its deletion on. */
  readonly networkInterface: ScopeInterface | undefined;
}

/**
 * What was collected on an account's interfaces at any time, folded from the log with the same projections as the plan.
 * Addresses and attachments are those of the time asked for; schedules are whole.
 */
export class CollectionHistory {
  private readonly versions = new Map<string, InterfaceVersion[]>();
  private readonly collectable = new Map<string, ScopeInterface['collectable'][number][]>();
  private readonly flowLogs = new Map<string, ScopeFlowLog>();
  private readonly asked = new Map<string, ScopeFlowLog['asked'][number][]>();
  private readonly planned = new Map<number, PlannedInterface[]>();
  private changes: number[] = [0];

  private constructor(private readonly accountId: string) {}

  static async read(events: EventStore, accountId: string): Promise<CollectionHistory> {
    const history = new CollectionHistory(accountId);
    const streamPrefixes = [networkStream(accountId), flowLogStream('')];
    for await (const event of events.readAll({ streamPrefixes })) {
      if (event.metadata.accountId === accountId) history.fold(event);
    }
    history.changes = [...new Set(history.changes)].sort((a, b) => a - b);
    return history;
  }

  /** The interfaces as they were at a time (Unix seconds); the same array for times between which nothing changed. */
  interfacesAt(time: number): readonly PlannedInterface[] {
    const change = this.changes.findLast((from) => from <= time) ?? 0;
    let planned = this.planned.get(change);
    if (!planned) this.planned.set(change, (planned = this.plannedAt(change)));
    return planned;
  }

  private fold(event: RecordedEvent): void {
    if (event.stream.startsWith('network-')) this.foldInterface(event as RecordedEvent<NetworkEvent>);
    else this.foldFlowLog(event as RecordedEvent<FlowLogEvent>);
  }

  private foldInterface(event: RecordedEvent<NetworkEvent>): void {
    const id = scopeInterfacesProjection.documentIds(event);
    if (typeof id !== 'string') return;
    const versions = this.versions.get(id) ?? [];
    const before = versions.at(-1)?.networkInterface;
    const networkInterface = scopeInterfacesProjection.evolve(before, event, id);
    const from = Date.parse(event.recordedAt) / 1000;
    this.versions.set(id, [...versions, { from, networkInterface }]);
    this.changes.push(from);
    if (networkInterface) remembered(this.collectable, id, before?.collectable, networkInterface.collectable);
  }

  private foldFlowLog(event: RecordedEvent<FlowLogEvent>): void {
    const { flowLogId } = event.data;
    const before = this.flowLogs.get(flowLogId);
    const flowLog = scopeFlowLogsProjection.evolve(before, event, flowLogId);
    if (!flowLog) return;
    this.flowLogs.set(flowLogId, flowLog);
    remembered(this.asked, flowLogId, before?.asked, flowLog.asked);
  }

  private plannedAt(time: number): PlannedInterface[] {
    return [...this.versions].flatMap(([id, versions]) => {
      const document = versions.findLast(({ from }) => from <= time)?.networkInterface;
      if (!document) return [];
      const { regionId, vSwitchId, vpcId, instanceId, addresses } = document;
      const covering = [...this.flowLogs.values()]
        .filter(({ resourceId }) => resourceId === id || resourceId === vSwitchId || resourceId === vpcId)
        .map((flowLog) => ({ ...flowLog, asked: this.asked.get(flowLog.flowLogId)! }));
      const schedule = periodsOf({ ...document, collectable: this.collectable.get(id)! }, covering);
      const { accountId } = this;
      return [
        { accountId, regionId, networkInterfaceId: id, vSwitchId, vpcId, instanceId, addresses, schedule },
      ];
    });
  }
}

/** Projections forget what no open window needs; a history keeps every change that they ever saw. */
function remembered<Change>(
  histories: Map<string, Change[]>,
  id: string,
  before: readonly Change[] | undefined,
  now: readonly Change[],
): void {
  const latest = now.at(-1);
  if (latest === undefined || latest === before?.at(-1)) return;
  histories.set(id, [...(histories.get(id) ?? []), latest]);
}
