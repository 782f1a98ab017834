import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { DeliverStatus, DeliveryState, FlowLogStatus } from '@flowledger/flow-log';
import type { DeliveryJson, FlowLogJson } from '../../presentation';
import { connectionType } from './connection';
import {
  DeliverStatusEnum,
  DeliveryStateEnum,
  FlowLogStatusEnum,
  IpVersionEnum,
  ResourceTypeEnum,
  TrafficTypeEnum,
} from './enums';
import { DateTime } from './scalars';

@ObjectType()
export class Tag {
  @Field(() => String)
  key: string;

  @Field(() => String)
  value: string;
}

@ObjectType({ description: 'The honest state of delivery.' })
export class Delivery implements DeliveryJson {
  @Field(() => DeliveryStateEnum)
  state: DeliveryState;

  @Field(() => DateTime)
  since: string;

  @Field(() => String, { description: 'Empty while entries arrive.' })
  reason: DeliveryJson['reason'];

  @Field(() => String, { description: "In the destination's own words." })
  detail: string;

  @Field(() => Int, { nullable: true, description: 'Null in answers about the past.' })
  spooledEntries: number | null;

  @Field(() => DateTime, { nullable: true })
  oldestSpooledWindow: string | null;
}

@ObjectType()
export class FlowLog implements FlowLogJson {
  @Field(() => ID)
  flowLogId: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;

  @Field(() => String)
  accountId: string;

  @Field(() => String)
  regionId: string;

  @Field(() => ResourceTypeEnum)
  resourceType: FlowLogJson['resourceType'];

  @Field(() => ID)
  resourceId: string;

  @Field(() => ID, { description: 'The VPC that the resource is or lies in.' })
  vpcId: string;

  @Field(() => TrafficTypeEnum)
  trafficType: FlowLogJson['trafficType'];

  @Field(() => [String])
  trafficPath: string[];

  @Field(() => Int, { description: 'Minutes.' })
  aggregationInterval: FlowLogJson['aggregationInterval'];

  @Field(() => IpVersionEnum)
  ipVersion: FlowLogJson['ipVersion'];

  @Field(() => String)
  projectName: string;

  @Field(() => String)
  logstoreName: string;

  @Field(() => String)
  resourceGroupId: string;

  @Field(() => FlowLogStatusEnum)
  status: FlowLogStatus;

  @Field(() => DeliverStatusEnum)
  deliverStatus: DeliverStatus;

  @Field(() => String)
  deliverErrorMessage: FlowLogJson['deliverErrorMessage'];

  @Field(() => Delivery)
  delivery: Delivery;

  @Field(() => String)
  businessStatus: FlowLogJson['businessStatus'];

  @Field(() => String)
  serviceType: string;

  @Field(() => DateTime)
  createdAt: string;

  @Field(() => Int, { description: 'Of the settings: send it as `ifRevision` to change only what you saw.' })
  revision: number;

  @Field(() => [Tag])
  tags: Tag[];
}

export const FlowLogConnection = connectionType(FlowLog);
