import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetDelivery } from '@flowledger/delivery';
import { formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition, Page } from '@flowledger/event-sourcing';
import { GetFlowLog, ListFlowLogs } from '@flowledger/flow-log';
import type { FlowLogListOptions } from '@flowledger/flow-log';
import { LogStore } from '@flowledger/log-store';
import { DoorOptions } from '../ports';
import { presentDelivery } from './delivery.view';
import type { DeliveryReportJson } from './delivery.view';
import { presentFlowLog } from './flow-log.view';
import type { FlowLogJson } from './flow-log.view';

/** Flow logs as the front doors show them: read models joined with the gauges of the spool. */
@Injectable()
export class FlowLogPresenter {
  constructor(
    private readonly queries: QueryBus,
    private readonly logStore: LogStore,
    private readonly options: DoorOptions,
  ) {}

  /** `asOf`: ISO time or position; gauges are null then. @throws FlowLogRejected */
  async one(accountId: string, flowLogId: string, asOf?: string): Promise<FlowLogJson> {
    const flowLog = await this.queries.execute(new GetFlowLog(accountId, flowLogId, asOf));
    return presentFlowLog(flowLog, asOf === undefined ? this.logStore.spool(flowLogId) : null);
  }

  /** As the write at this position left it, whatever came since: the last view of one that is being deleted. */
  async asWritten(accountId: string, flowLogId: string, position: LogPosition): Promise<FlowLogJson> {
    const query = new GetFlowLog(accountId, flowLogId, formatPosition(position));
    return presentFlowLog(await this.queries.execute(query), this.logStore.spool(flowLogId));
  }

  async page(accountId: string, options: FlowLogListOptions): Promise<Page<FlowLogJson>> {
    const { items, nextCursor } = await this.queries.execute(new ListFlowLogs(accountId, options));
    const gauge = (id: string) => (options.asOf === undefined ? this.logStore.spool(id) : null);
    return {
      items: items.map((flowLog) => presentFlowLog(flowLog, gauge(flowLog.flowLogId))),
      nextCursor,
    };
  }

  /** @throws FlowLogRejected */
  async delivery(accountId: string, flowLogId: string): Promise<DeliveryReportJson> {
    const view = await this.queries.execute(new GetDelivery(accountId, flowLogId));
    const usage = await this.logStore.usage();
    return presentDelivery(view, this.logStore.spool(flowLogId), usage, this.options.spoolBounds);
  }
}
