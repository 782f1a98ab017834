import { ReadModelStore } from '@flowledger/event-sourcing';
import type { Filter, Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { flowLogStatus } from '../projections/flow-log-status';
import type { FlowLogDocument } from '../projections/flow-log-status';
import { viewOf } from './flow-log-view';
import type { FlowLogView } from './flow-log-view';

export type FlowLogFilter = Pick<
  Filter<FlowLogDocument>,
  | 'flowLogId'
  | 'name'
  | 'resourceType'
  | 'resourceId'
  | 'vpcId'
  | 'trafficType'
  | 'projectName'
  | 'logstoreName'
  | 'status'
  | 'health'
>;

/** Newest first. @throws MalformedCursor */
export class ListFlowLogs extends Query<Page<FlowLogView>> {
  constructor(
    readonly accountId: string,
    readonly options: { readonly filter?: FlowLogFilter; readonly limit: number; readonly after?: string },
  ) {
    super();
  }
}

@QueryHandler(ListFlowLogs)
export class ListFlowLogsHandler implements IQueryHandler<ListFlowLogs> {
  constructor(private readonly readModels: ReadModelStore) {}

  async execute({ accountId, options }: ListFlowLogs): Promise<Page<FlowLogView>> {
    const { items, nextCursor } = await this.readModels.find(flowLogStatus, accountId, {
      ...options,
      sort: { by: 'createdAt', direction: 'descending' },
    });
    return { items: items.map(viewOf), nextCursor };
  }
}
