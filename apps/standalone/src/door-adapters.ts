import { CaptureImports, ReadModelPosition, StoredLogs } from '@flowledger/api';
import type { CaptureImport, CaptureImported } from '@flowledger/api';
import { CollectionHistory } from '@flowledger/collection-scope';
import { importCapture, lastPacketTime } from '@flowledger/collector';
import type { Collector, PlanKeeper } from '@flowledger/collector';
import { EventStoreUnavailable } from '@flowledger/event-sourcing';
import type { Clock, EventStore, LogPosition } from '@flowledger/event-sourcing';
import { LogstoreNotFound } from '@flowledger/log-store';
import type { LogQuery, LogQueryResult, LogStore, SpoolGauges, StoreUsage } from '@flowledger/log-store';

export class FoldedPosition extends ReadModelPosition {
  /** @param readModels those who know how far they are: a worker, or the stored checkpoints */
  constructor(
    private readonly readModels: Pick<ReadModelPosition, 'reached'>,
    private readonly events: EventStore,
  ) {
    super();
  }

  reached(position: LogPosition, timeoutMilliseconds: number): Promise<boolean> {
    return this.readModels.reached(position, timeoutMilliseconds);
  }

  head(): Promise<LogPosition | undefined> {
    return this.events.head();
  }
}

export class CollectorLogs extends StoredLogs {
  constructor(private readonly logStore: LogStore) {
    super();
  }

  async spools(flowLogIds: readonly string[]): Promise<SpoolGauges[]> {
    return flowLogIds.map((flowLogId) => this.logStore.spool(flowLogId));
  }

  usage(): Promise<StoreUsage> {
    return this.logStore.usage();
  }

  async query(logstoreId: string, query: LogQuery): Promise<LogQueryResult> {
    try {
      return await this.logStore.query(logstoreId, query);
    } catch (error) {
      if (error instanceof LogstoreNotFound) return { progress: 'Complete', count: 0, entries: [] };
      throw error;
    }
  }
}

const longestWaitForPlan = 10_000;

/** Imports run under the configuration that was acknowledged before the request (DD-19). */
export class CollectorImports extends CaptureImports {
  constructor(
    private readonly planKeeper: PlanKeeper,
    private readonly events: EventStore,
    private readonly collector: Collector,
    private readonly clock: Clock,
  ) {
    super();
  }

  async import(
    open: () => AsyncIterable<Uint8Array>,
    options: CaptureImport & { readonly accountId: string },
  ): Promise<CaptureImported> {
    await this.planCoversEverything();
    const shiftSeconds = options.rebase ? await this.secondsToNow(open()) : 0;
    const { accountId, networkInterfaceId, importId } = options;
    const history = options.coverage === 'historic' && (await CollectionHistory.read(this.events, accountId));
    const imported = await importCapture(this.collector, open(), {
      accountId,
      shiftSeconds,
      ...(networkInterfaceId && { networkInterfaceId }),
      ...(importId && { importId }),
      ...(history && { interfacesAt: (time: number) => history.interfacesAt(time) }),
    });
    await this.collector.deliverer.run();
    return imported;
  }

  private async planCoversEverything(): Promise<void> {
    const head = await this.events.head();
    if (head && !(await this.planKeeper.covers(head, longestWaitForPlan))) {
      throw new EventStoreUnavailable('The collection plan is behind the log; try again');
    }
  }

  private async secondsToNow(chunks: AsyncIterable<Uint8Array>): Promise<number> {
    const last = await lastPacketTime(chunks);
    return last === null ? 0 : Math.floor(this.clock.epochMilliseconds() / 1000) - last;
  }
}
