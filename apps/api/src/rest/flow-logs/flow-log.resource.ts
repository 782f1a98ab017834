import { ApiProperty } from '@nestjs/swagger';
import { aggregationIntervals, ipVersions, resourceTypes, trafficTypes } from '@flowledger/flow-log';
import type { DeliveryJson, FlowLogJson } from '../../presentation';
import { TagBody } from './flow-log.bodies';
import { healths, statuses } from './flow-log.queries';

export const deliverStatuses: readonly FlowLogJson['deliverStatus'][] = ['SUCCESS', 'FAILED'];

export class DeliveryStateResource implements DeliveryJson {
  @ApiProperty({ enum: healths, description: 'The honest state' })
  state: DeliveryJson['state'];
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty({ type: String }) reason: DeliveryJson['reason'];
  @ApiProperty({ description: "In the destination's own words" }) detail: string;
  @ApiProperty({ type: Number, nullable: true, description: 'Null in as-of answers' })
  spooledEntries: number | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  oldestSpooledWindow: string | null;
}

export class FlowLogResource implements FlowLogJson {
  @ApiProperty() flowLogId: string;
  @ApiProperty() name: string;
  @ApiProperty() description: string;
  @ApiProperty() accountId: string;
  @ApiProperty() regionId: string;
  @ApiProperty({ enum: resourceTypes }) resourceType: FlowLogJson['resourceType'];
  @ApiProperty() resourceId: string;
  @ApiProperty() vpcId: string;
  @ApiProperty({ enum: trafficTypes }) trafficType: FlowLogJson['trafficType'];
  @ApiProperty({ type: [String] }) trafficPath: readonly string[];
  @ApiProperty({ enum: aggregationIntervals }) aggregationInterval: FlowLogJson['aggregationInterval'];
  @ApiProperty({ enum: ipVersions }) ipVersion: FlowLogJson['ipVersion'];
  @ApiProperty() projectName: string;
  @ApiProperty() logstoreName: string;
  @ApiProperty() resourceGroupId: string;
  @ApiProperty({ enum: statuses }) status: FlowLogJson['status'];
  @ApiProperty({ enum: deliverStatuses, description: 'The label that the cloud shows' })
  deliverStatus: FlowLogJson['deliverStatus'];
  @ApiProperty({ type: String }) deliverErrorMessage: FlowLogJson['deliverErrorMessage'];
  @ApiProperty({ type: () => DeliveryStateResource }) delivery: DeliveryStateResource;
  @ApiProperty({ enum: ['Normal'] }) businessStatus: 'Normal';
  @ApiProperty() serviceType: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ description: 'Of the settings: the ETag' }) revision: number;
  @ApiProperty({ type: () => [TagBody] }) tags: readonly TagBody[];
}
