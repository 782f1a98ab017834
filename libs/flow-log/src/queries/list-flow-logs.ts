import { EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import type { Filter, Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { flowLogStatus } from '../projections/flow-log-status';
import type { FlowLogDocument } from '../projections/flow-log-status';
import { flowLogStatusProjection } from '../projections/flow-log-status.projection';
import { viewOf } from './flow-log-view';
import type { FlowLogView } from './flow-log-view';
import { PastReadModels } from './past-read-models';

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

export interface FlowLogListOptions {
  readonly filter?: FlowLogFilter;
  readonly limit: number;
  readonly after?: string;
  /** ISO time or text of a position; now when absent. */
  readonly asOf?: string;
}

/** Newest first. @throws MalformedCursor @throws FlowLogRejected InvalidParameter, ReplayTooLong */
export class ListFlowLogs extends Query<Page<FlowLogView>> {
  constructor(
    readonly accountId: string,
    readonly options: FlowLogListOptions,
  ) {
    super();
  }
}

@QueryHandler(ListFlowLogs)
export class ListFlowLogsHandler implements IQueryHandler<ListFlowLogs> {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly events: EventStore,
  ) {}

  async execute({ accountId, options }: ListFlowLogs): Promise<Page<FlowLogView>> {
    const { asOf, ...page } = options;
    const readModels =
      asOf === undefined
        ? this.readModels
        : await PastReadModels.read(this.events, {
            accountId,
            asOf,
            projections: [flowLogStatusProjection],
          });
    const { items, nextCursor } = await readModels.find(flowLogStatus, accountId, {
      ...page,
      sort: { by: 'createdAt', direction: 'descending' },
    });
    return { items: items.map(viewOf), nextCursor };
  }
}
