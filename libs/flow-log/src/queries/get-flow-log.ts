import { EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { FlowLogRejected } from '../domain/flow-log.errors';
import { flowLogStream } from '../domain/flow-log.events';
import type { FlowLogEvent } from '../domain/flow-log.events';
import { flowLogStatus } from '../projections/flow-log-status';
import type { FlowLogDocument } from '../projections/flow-log-status';
import { flowLogStatusProjection } from '../projections/flow-log-status.projection';
import { isAfter, parseMoment } from './moment';
import type { Moment } from './moment';
import { viewOf } from './flow-log-view';
import type { FlowLogView } from './flow-log-view';

/**
 * `asOf`: an ISO time (the prefix before the first event recorded after it) or the text of a position (inclusive).
 * @throws FlowLogRejected FlowLogNotFound (then, too), InvalidParameter
 */
export class GetFlowLog extends Query<FlowLogView> {
  constructor(
    readonly accountId: string,
    readonly flowLogId: string,
    readonly asOf?: string,
  ) {
    super();
  }
}

@QueryHandler(GetFlowLog)
export class GetFlowLogHandler implements IQueryHandler<GetFlowLog> {
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly events: EventStore,
  ) {}

  async execute({ accountId, flowLogId, asOf }: GetFlowLog): Promise<FlowLogView> {
    const found =
      asOf === undefined
        ? await this.readModels.get(flowLogStatus, accountId, flowLogId)
        : await this.asOf(flowLogId, parseMoment(asOf));
    if (found?.accountId !== accountId) {
      throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId.slice(0, 64)}`);
    }
    return viewOf(found);
  }

  private async asOf(flowLogId: string, moment: Moment): Promise<FlowLogDocument | undefined> {
    let document: FlowLogDocument | undefined;
    for await (const event of this.events.readStream(flowLogStream(flowLogId))) {
      if (isAfter(event, moment)) break;
      document = flowLogStatusProjection.evolve(document, event as RecordedEvent<FlowLogEvent>, flowLogId);
    }
    return document;
  }
}
