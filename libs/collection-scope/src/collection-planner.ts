import { comparePositions, formatPosition } from '@flowledger/event-sourcing';
import type {
  AnyProjection,
  LogPosition,
  ReadModel,
  ReadModelStore,
  RecordedEvent,
  ScannedDocument,
} from '@flowledger/event-sourcing';
import type {
  CollectionPlan,
  PlannedDelivery,
  PlannedInterface,
  PlannedLogstore,
} from '@flowledger/flow-record';
import { logstoreBindings, logstoreBindingsProjection } from '@flowledger/log-service';
import type { LogstoreBinding } from '@flowledger/log-service';
import { scheduleOf } from './domain/schedule';
import type { ScopeFlowLog, ScopeInterface } from './domain/scope';
import { scopeFlowLogs, scopeFlowLogsProjection } from './projections/scope-flow-logs.projection';
import { scopeInterfaces, scopeInterfacesProjection } from './projections/scope-interfaces.projection';

/** A flow log in transition; `change` tells one transition from the next. */
export interface WaitingFlowLog {
  readonly flowLogId: string;
  readonly accountId: string;
  readonly change: string;
}

/**
 * Keeps the collection plan: the read models of this lib in memory, loaded once and then folded forward with the same
 * projections, so that a change costs what it touches and not what there is.
 */
export class CollectionPlanner {
  private readonly interfaces = new Map<string, ScopeInterface>();
  private readonly flowLogs = new Map<string, ScopeFlowLog>();
  private readonly logstores = new Map<string, LogstoreBinding>();
  private readonly flowLogsByResource = new Map<string, Set<string>>();
  private readonly interfacesByResource = new Map<string, Set<string>>();
  private readonly planned = new Map<string, PlannedInterface>();
  /** Interfaces with the time (Unix seconds) from which their planned schedule is out of date: 0, or the next edge. */
  private readonly stale = new Map<string, number>();
  /** Position of the last event in a document as it was loaded. */
  private readonly loaded = new Map<string, LogPosition>();
  private version = 0;
  private position: LogPosition | undefined;

  /**
   * Takes the read models, which have passed `position`; `apply` goes on from there. They may be ahead of it: what is
   * folded into a document already is not folded again.
   */
  async load(readModels: ReadModelStore, position: LogPosition | undefined): Promise<void> {
    await this.loadDocuments(readModels, scopeInterfaces, (document) => this.putInterface(document));
    await this.loadDocuments(readModels, scopeFlowLogs, (document) => this.putFlowLog(document));
    await this.loadDocuments(readModels, logstoreBindings, (document) => {
      this.logstores.set(document.logstoreId, document);
    });
    this.position = position;
  }

  /** Folds events that the read models have passed; true when the plan may differ because of them. */
  apply(events: readonly RecordedEvent[]): boolean {
    let changed = false;
    for (const event of events) {
      changed =
        this.fold(scopeInterfacesProjection, event, this.interfaces, (id, document) =>
          document ? this.putInterface(document) : this.removeInterface(id),
        ) || changed;
      changed =
        this.fold(scopeFlowLogsProjection, event, this.flowLogs, (_, document) => {
          if (document) this.putFlowLog(document);
        }) || changed;
      changed =
        this.fold(logstoreBindingsProjection, event, this.logstores, (id, document) => {
          if (document) this.logstores.set(id, document);
          else this.logstores.delete(id);
        }) || changed;
      this.position = event.position;
    }
    return changed;
  }

  plan(now: string): CollectionPlan {
    const seconds = Date.parse(now) / 1000;
    for (const [id, from] of this.stale) {
      if (from <= seconds) this.planInterface(this.interfaces.get(id), now);
    }
    return {
      version: ++this.version,
      position: this.position ? formatPosition(this.position) : '0',
      interfaces: [...this.planned.values()],
      deliveries: [...this.flowLogs.values()].map(deliveryOf),
      logstores: [...this.logstores.values()].map(
        ({ logstoreId, accountId, ttl, deleted }): PlannedLogstore => ({
          logstoreId,
          accountId,
          ttlDays: ttl,
          deleted,
        }),
      ),
    };
  }

  /** Flow logs that wait for the collector's acknowledgement. */
  waiting(): WaitingFlowLog[] {
    return [...this.flowLogs.values()]
      .filter(({ status }) => status === 'Activating' || status === 'Deactivating' || status === 'Modifying')
      .map(({ flowLogId, accountId, status, asked, changedAt }) => ({
        flowLogId,
        accountId,
        change: `${status} ${asked.at(-1)!.at} ${changedAt}`,
      }));
  }

  private async loadDocuments<Doc extends object>(
    readModels: ReadModelStore,
    readModel: ReadModel<Doc>,
    put: (document: Doc) => void,
  ): Promise<void> {
    const limit = 1_000;
    for (let page: ScannedDocument[] | undefined; !page || page.length === limit;) {
      page = await readModels.scan(readModel, { limit, ...(page && { after: page.at(-1)! }) });
      for (const { document, position, accountId, id } of page) {
        this.loaded.set(keyOf(readModel, accountId, id), position);
        put(document as Doc);
      }
    }
  }

  private fold<Doc extends object>(
    projection: AnyProjection,
    event: RecordedEvent,
    documents: ReadonlyMap<string, Doc>,
    put: (id: string, document: Doc | undefined) => void,
  ): boolean {
    if (!projection.streamPrefixes.some((prefix) => event.stream.startsWith(prefix))) return false;
    const ids = [projection.documentIds(event) ?? []].flat();
    for (const id of ids) {
      const loadedAt = this.loaded.get(keyOf(projection.readModel, event.metadata.accountId, id));
      if (loadedAt && comparePositions(event.position, loadedAt) <= 0) continue;
      put(id, projection.evolve(documents.get(id), event, id) as Doc | undefined);
    }
    return ids.length > 0;
  }

  private putInterface(document: ScopeInterface): void {
    const { networkInterfaceId } = document;
    this.interfaces.set(networkInterfaceId, document);
    for (const resource of resourcesOf(document))
      index(this.interfacesByResource, resource, networkInterfaceId);
    this.stale.set(networkInterfaceId, 0);
  }

  private removeInterface(id: string): void {
    const document = this.interfaces.get(id);
    this.interfaces.delete(id);
    this.planned.delete(id);
    this.stale.delete(id);
    for (const resource of document ? resourcesOf(document) : [])
      this.interfacesByResource.get(resource)?.delete(id);
  }

  private putFlowLog(document: ScopeFlowLog): void {
    const { flowLogId, accountId, resourceId } = document;
    const resource = `${accountId}/${resourceId}`;
    this.flowLogs.set(flowLogId, document);
    index(this.flowLogsByResource, resource, flowLogId);
    for (const id of this.interfacesByResource.get(resource) ?? []) this.stale.set(id, 0);
  }

  private planInterface(document: ScopeInterface | undefined, now: string): void {
    if (!document) return;
    const { addresses, accountId, regionId, networkInterfaceId, vSwitchId, vpcId, instanceId } = document;
    const flowLogs = resourcesOf(document)
      .flatMap((resource) => [...(this.flowLogsByResource.get(resource) ?? [])])
      .map((id) => this.flowLogs.get(id)!);
    const schedule = scheduleOf(document, flowLogs, now);
    this.planned.set(networkInterfaceId, {
      accountId,
      regionId,
      networkInterfaceId,
      vSwitchId,
      vpcId,
      instanceId,
      addresses,
      schedule,
    });
    const next = schedule[1];
    if (next) this.stale.set(networkInterfaceId, next.from);
    else this.stale.delete(networkInterfaceId);
  }
}

const resourcesOf = ({ accountId, networkInterfaceId, vSwitchId, vpcId }: ScopeInterface): string[] =>
  [networkInterfaceId, vSwitchId, vpcId].map((id) => `${accountId}/${id}`);

function deliveryOf({ flowLogId, accountId, logstoreId, status }: ScopeFlowLog): PlannedDelivery {
  const state =
    status === 'Deleted' ? 'discard' : status === 'Deleting' ? 'drain' : logstoreId ? 'deliver' : 'hold';
  return { flowLogId, accountId, logstoreId, state };
}

function index(map: Map<string, Set<string>>, key: string, id: string): void {
  const ids = map.get(key);
  if (ids) ids.add(id);
  else map.set(key, new Set([id]));
}

const keyOf = ({ name }: ReadModel<never>, accountId: string, id: string): string =>
  `${name}/${accountId}/${id}`;
