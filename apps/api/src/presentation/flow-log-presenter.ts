import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetDelivery } from '@flowledger/delivery';
import { formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition, Page } from '@flowledger/event-sourcing';
import { GetFlowLog, ListFlowLogs } from '@flowledger/flow-log';
import type { FlowLogListOptions } from '@flowledger/flow-log';
import type { SpoolGauges } from '@flowledger/log-store';
import { DataPlaneUnavailable } from '../http/http-errors';
import { DoorOptions, StoredLogs } from '../ports';
import { presentDelivery } from './delivery.view';
import type { DeliveryReportJson } from './delivery.view';
import { presentFlowLog } from './flow-log.view';
import type { FlowLogJson } from './flow-log.view';

/** Flow logs as the front doors show them: read models joined with the gauges of the spool. */
@Injectable()
export class FlowLogPresenter {
  constructor(
    private readonly queries: QueryBus,
    private readonly logs: StoredLogs,
    private readonly options: DoorOptions,
  ) {}

  /** `asOf`: ISO time or position; gauges are null then. @throws FlowLogRejected */
  async one(accountId: string, flowLogId: string, asOf?: string): Promise<FlowLogJson> {
    const flowLog = await this.queries.execute(new GetFlowLog(accountId, flowLogId, asOf));
    return presentFlowLog(flowLog, asOf === undefined ? await this.gauges(flowLogId) : null);
  }

  /** As the write at this position left it, whatever came since: the last view of one that is being deleted. */
  async asWritten(accountId: string, flowLogId: string, position: LogPosition): Promise<FlowLogJson> {
    const query = new GetFlowLog(accountId, flowLogId, formatPosition(position));
    return presentFlowLog(await this.queries.execute(query), await this.gauges(flowLogId));
  }

  async page(accountId: string, options: FlowLogListOptions): Promise<Page<FlowLogJson>> {
    const { items, nextCursor } = await this.queries.execute(new ListFlowLogs(accountId, options));
    const now = options.asOf === undefined;
    const gauges = now ? await this.logs.spools(items.map(({ flowLogId }) => flowLogId)) : [];
    return {
      items: items.map((flowLog, index) => presentFlowLog(flowLog, gauges[index] ?? null)),
      nextCursor,
    };
  }

  /** @throws FlowLogRejected, DataPlaneUnavailable */
  async delivery(accountId: string, flowLogId: string): Promise<DeliveryReportJson> {
    const view = await this.queries.execute(new GetDelivery(accountId, flowLogId));
    const [usage, gauges] = await Promise.all([this.logs.usage(), this.gauges(flowLogId)]);
    if (!gauges) throw new DataPlaneUnavailable();
    return presentDelivery(view, gauges, usage, this.options.spoolBounds);
  }

  private async gauges(flowLogId: string): Promise<SpoolGauges | null> {
    return (await this.logs.spools([flowLogId]))[0] ?? null;
  }
}
