import { ReadModelStore } from '@flowledger/event-sourcing';
import { FlowLogRejected, flowLogStatus } from '@flowledger/flow-log';
import type { DeliverStatus, FlowLogDocument, HonestDelivery } from '@flowledger/flow-log';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';

/** Both truths side by side (DD-02); what waits in the spool is a gauge and joined by the caller. */
export interface DeliveryView {
  readonly flowLogId: string;
  readonly logstoreId: string | null;
  readonly label: DeliverStatus;
  readonly deliverErrorMessage: FlowLogDocument['deliverErrorMessage'];
  readonly honest: HonestDelivery;
}

/** @throws FlowLogRejected FlowLogNotFound */
export class GetDelivery extends Query<DeliveryView> {
  constructor(
    readonly accountId: string,
    readonly flowLogId: string,
  ) {
    super();
  }
}

@QueryHandler(GetDelivery)
export class GetDeliveryHandler implements IQueryHandler<GetDelivery> {
  constructor(private readonly readModels: ReadModelStore) {}

  async execute({ accountId, flowLogId }: GetDelivery): Promise<DeliveryView> {
    const flowLog = await this.readModels.get(flowLogStatus, accountId, flowLogId);
    if (!flowLog) throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId}`);
    const { logstoreId, deliverStatus, deliverErrorMessage, delivery } = flowLog;
    return { flowLogId, logstoreId, label: deliverStatus, deliverErrorMessage, honest: delivery };
  }
}
