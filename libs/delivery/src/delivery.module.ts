import { Module } from '@nestjs/common';
import { AcknowledgePlanHandler } from './commands/acknowledge-plan';
import { ReportDeliveryHandler } from './commands/report-delivery';
import { FlowLogDirectory } from './flow-log-directory';
import { GetDeliveryHandler } from './queries/get-delivery';

/** Needs AggregateStore and ReadModelStore from a global module. */
@Module({
  providers: [AcknowledgePlanHandler, FlowLogDirectory, GetDeliveryHandler, ReportDeliveryHandler],
  exports: [FlowLogDirectory],
})
export class DeliveryModule {}
